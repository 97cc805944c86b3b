package juxta.plugin.fba;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a decoder makes of an encoder's maps.
 *
 * @param features what the logits are made of, before dropout, [N, X, Y, Z, C], 0 or more in
 *     volumes
 * @param logits [N, X, Y, Z, classes]; of slices Z is 1
 */
record Decoded(Operand<TFloat32> features, Operand<TFloat32> logits) {}
