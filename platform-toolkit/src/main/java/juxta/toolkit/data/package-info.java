/**
 * Data sets that lie in memory or in files: columns, splits, fingerprints, what is found wrong; and
 * which records make up the batches.
 */
package juxta.toolkit.data;
