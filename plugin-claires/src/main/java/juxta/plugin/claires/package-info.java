/** Dental CLAIRES: radiographs are found by describing them. */
package juxta.plugin.claires;
