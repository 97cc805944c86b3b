package juxta.plugin.datasets.volume;

import java.nio.file.Path;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.io.Excerpt;

/**
 * A data set of an HDF5 file, for errors.
 *
 * @param file the file
 * @param name the data set's name
 */
record Hdf5Place(Path file, String name) {
  /** Sound, but stored in a way that is not read. */
  UserException stored(String how) {
    return new UserException(
        "%s: '%s' %s, which is not read here; repack it with gzip: h5repack -f GZIP=4 %s repacked.h5"
            .formatted(file, name, Excerpt.of(how), DataFolder.name(file)));
  }

  /** What tells of it lies elsewhere in the file, which repacking leaves as it is. */
  UserException shared(String what) {
    return new UserException(
        "%s: '%s' shares %s with other data sets, which is not read here; copy each into a new file: h5copy -i %s -o copied.h5 -s %s -d %s"
            .formatted(file, name, what, DataFolder.name(file), name, name));
  }

  /** Numbers that no scan is made of. */
  UserException numbers(String kind) {
    return new UserException(
        "%s: '%s' holds no numbers but %s; write it as float32 or uint8"
            .formatted(file, name, Excerpt.of(kind)));
  }

  UserException damaged(String what) {
    return new UserException(
        "%s: '%s' %s; copy or download it again, or remove it"
            .formatted(file, name, Excerpt.of(what)));
  }
}
