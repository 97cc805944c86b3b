package juxta.toolkit.picture;

import java.nio.file.Path;

/**
 * An image file and its class.
 *
 * @param file where it lies
 * @param label index of its class
 */
public record LabelledFile(Path file, int label) {}
