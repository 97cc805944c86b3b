/** Clustering on the host: k-means, the number of clusters, and how well clusters match classes. */
package juxta.toolkit.clustering;
