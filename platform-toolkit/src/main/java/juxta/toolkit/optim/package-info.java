/** Optimisers over named parameters, and the schedules that drive them. */
package juxta.toolkit.optim;
