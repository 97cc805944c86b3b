/** A trained model in a Java program, without TensorFlow. */
package juxta.inference;
