/** FBA-Net: semi-supervised segmentation of volumes. */
package juxta.plugin.fba;
