/** The scores of the claims' series, put together. */
package juxta.benchmarks.claims;
