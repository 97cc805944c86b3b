package juxta.plugin.datasets.instance;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of an instance data set.
 *
 * @param file where it lies
 * @param instance name of the object that it shows; empty for a distractor
 * @param role what it is for
 */
record InstanceFile(Path file, Optional<String> instance, Role role) {
  /** What an image is for. */
  enum Role {
    /** One of the images that are searched. */
    GALLERY,
    /** A search for its instance. */
    QUERY,
    /** A catalogue picture. */
    ICONIC
  }
}
