/** Graph construction: named parameters, seeds, updates, and gradients of all operations. */
package juxta.toolkit.graph;
