/** Whitening of descriptors, learnt on descriptors. */
package juxta.toolkit.whitening;
