package juxta.toolkit.image;

/**
 * What is done to the colours of a view.
 *
 * @param jitter random colours
 * @param gray probability of losing all colours
 * @param solarize probability of inverting bright values, after the blur
 */
public record Colouring(ColourJitter jitter, double gray, PerView solarize) {}
