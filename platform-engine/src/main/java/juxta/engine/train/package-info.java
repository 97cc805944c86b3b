/** The training engine: it owns every session, loop, tensor, checkpoint and clock. */
package juxta.engine.train;
