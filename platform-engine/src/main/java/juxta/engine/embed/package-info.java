/**
 * What a function of a model makes of all records, in files: of any number of rows, begun in one
 * process and ended in another, in shards that many machines make and one joins.
 */
package juxta.engine.embed;
