package juxta.plugin.datasets.mask;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An image and its mask.
 *
 * @param name name of the image without its ending, and without words such as {@code _RGB}
 * @param image the image's file
 * @param mask the mask's file
 * @param split the split that a folder on the way names
 */
record MaskPair(String name, Path image, Path mask, Optional<String> split) {}
