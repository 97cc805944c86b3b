/** What reading data costs. */
package juxta.benchmarks.data;
