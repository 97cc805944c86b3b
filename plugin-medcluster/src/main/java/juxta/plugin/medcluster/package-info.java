/** MedCluster: clusters of medical images from a contrastive autoencoder. */
package juxta.plugin.medcluster;
