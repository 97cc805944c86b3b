/**
 * Layers and initial values. A layer makes its parameters once, in its constructor, under the names
 * that PyTorch's layer of the same kind uses, and is applied as often as you like.
 */
package juxta.toolkit.nn;
