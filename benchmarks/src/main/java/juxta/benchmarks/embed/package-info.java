/** Two programs that embed pictures, to be compared as whole processes. */
package juxta.benchmarks.embed;
