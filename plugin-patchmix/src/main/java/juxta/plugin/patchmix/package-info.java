/** PatchMix: inter-instance similarity modelling by mixing patches. */
package juxta.plugin.patchmix;
