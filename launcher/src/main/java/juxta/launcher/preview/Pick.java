package juxta.launcher.preview;

/**
 * A record that was chosen.
 *
 * @param split name of its split
 * @param record its index in the split
 */
public record Pick(String split, int record) {}
