package juxta.plugin.datasets;

import java.nio.file.Path;

/**
 * An image file and its class.
 *
 * @param file where it lies
 * @param label index of its class
 */
record LabelledFile(Path file, int label) {}
