/** Speed comparisons: training steps of Juxta beside others that do the same work. */
package juxta.benchmarks;
