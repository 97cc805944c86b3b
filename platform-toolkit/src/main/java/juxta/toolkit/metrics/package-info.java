/** Metrics on the host: nearest neighbours, classification, embeddings, statistics. */
package juxta.toolkit.metrics;
