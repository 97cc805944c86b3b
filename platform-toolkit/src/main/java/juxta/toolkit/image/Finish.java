package juxta.toolkit.image;

/**
 * What all views have in common, those of evaluation, too.
 *
 * @param sampling kernel of all resizing
 * @param normalisation what values are in the end
 * @param testCrop whether small images, too, are resized by 256/224 and cropped for evaluation
 */
public record Finish(Sampling sampling, Normalisation normalisation, boolean testCrop) {}
