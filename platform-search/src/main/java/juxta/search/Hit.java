package juxta.search;

/**
 * One result of a search.
 *
 * @param id the id of the vector that was found
 * @param score cosine of the angle between the query and that vector, in [-1, 1] within rounding
 */
public record Hit(String id, float score) {}
