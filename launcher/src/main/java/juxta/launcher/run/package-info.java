/** Runs beside each other: comparisons, the tour, and what reports say of them. */
package juxta.launcher.run;
