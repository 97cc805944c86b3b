/** The usual recipes of views. */
package juxta.plugin.baselines.augmentations;
