/**
 * Vector indexes for search by similarity. {@link juxta.search.Indexes} opens one; all of them are
 * used as a {@link juxta.search.VectorIndex}.
 */
package juxta.search;
