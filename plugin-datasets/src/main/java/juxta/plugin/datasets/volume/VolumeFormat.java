package juxta.plugin.datasets.volume;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import juxta.toolkit.data.DataFolder;

/** File formats of scans, told apart by the ends of names. */
enum VolumeFormat {
  HDF5(".h5", ".hdf5"),
  NIFTI(".nii.gz", ".nii"),
  NRRD(".nrrd", ".nhdr");

  private final List<String> endings;

  VolumeFormat(String... endings) {
    this.endings = List.of(endings);
  }

  static Optional<VolumeFormat> of(Path file) {
    String name = DataFolder.name(file).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.endings.stream().anyMatch(name::endsWith))
        .findFirst();
  }

  /** A file's name without the ending of its format. */
  static String stem(String name) {
    return Arrays.stream(values())
        .flatMap(format -> format.endings.stream())
        .filter(name.toLowerCase(Locale.ROOT)::endsWith)
        .findFirst()
        .map(ending -> name.substring(0, name.length() - ending.length()))
        .orElse(name);
  }

  static String stem(Path file) {
    return stem(DataFolder.name(file));
  }
}
