/** Machines that share the work on each batch, through TensorFlow's servers. */
package juxta.engine.cluster;
