/**
 * Image operations in the graph, for whole batches: crops, colours, blur, and recipes made of them.
 *
 * <p>Every random choice is drawn for each image by itself, from {@link juxta.api.GraphScope#seed}.
 * Most operations work on <em>planes</em>, floats in [0, 1] laid out [C, B, H, W]: colour
 * arithmetic then runs over contiguous memory, and an operation of one factor an image is one
 * broadcast. {@link juxta.toolkit.image.Resample} makes planes of images, {@link
 * juxta.toolkit.image.Planes#images} makes images of planes.
 *
 * <p>Gradients do not flow through these operations by design: views are inputs.
 */
package juxta.toolkit.image;
