/** Losses over similarities and targets. */
package juxta.plugin.baselines.losses;
