package juxta.plugin.datasets.instance;

import java.nio.file.Path;
import java.util.Optional;
import juxta.picture.PixelBox;

/**
 * A photograph of an object, or of none that matters.
 *
 * @param file where it lies
 * @param name how tables call it
 * @param instance number of the object that it shows, -1 where that is unknown or none
 * @param box the part that counts; empty for the whole picture
 */
record Photo(Path file, String name, int instance, Optional<PixelBox> box) {
  static Photo of(Path root, Path file, int instance) {
    return new Photo(
        file, root.relativize(file).toString().replace('\\', '/'), instance, Optional.empty());
  }
}
