/** Metrics on the host: nearest neighbours, classification, statistics. */
package juxta.toolkit.metrics;
