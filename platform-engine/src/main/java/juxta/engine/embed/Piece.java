package juxta.engine.embed;

/**
 * A split among those that are embedded.
 *
 * @param split its name
 * @param rows number of its records
 */
record Piece(String split, int rows) {}
