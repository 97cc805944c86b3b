package juxta.plugin.datasets.picture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;

/**
 * How MNIST and its successors lie on disk: four IDX files, packed or not.
 *
 * @param id the provider's id
 * @param classes names in label order
 */
record IdxLayout(String id, List<String> classes) {
  static final String CONTENTS =
      "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
          + " t10k-labels-idx1-ubyte (.gz or unpacked)";

  /** Whether a folder has a file of the four, so that it is meant. */
  static boolean looksRight(Path folder) {
    return find(folder, "train-images", 3).isPresent();
  }

  /** Whether a folder has all four files. */
  static boolean complete(Path folder) {
    return Stream.of("train", "t10k")
        .allMatch(
            part ->
                find(folder, part + "-images", 3).isPresent()
                    && find(folder, part + "-labels", 1).isPresent());
  }

  private static Optional<Path> find(Path folder, String stem, int dimensions) {
    return Stream.of("-idx%d-ubyte", ".idx%d-ubyte")
        .map(pattern -> stem + String.format(Locale.ROOT, pattern, dimensions))
        .flatMap(name -> Stream.of(name, name + ".gz"))
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  Dataset open(Path folder, BiConsumer<String, Double> progress) {
    Fingerprint fingerprint = new Fingerprint();
    Map<String, Split> splits = new LinkedHashMap<>();
    progress.accept("reading " + id, 0.0);
    Idx train = images(folder, "train");
    splits.put(Dataset.TRAIN, split(train, labels(folder, "train"), fingerprint));
    progress.accept("reading " + id, 0.8);
    Idx test = images(folder, "t10k");
    if (!test.sizes().subList(1, 3).equals(train.sizes().subList(1, 3))) {
      throw new UserException(
          "%s: holds pictures of %s where %s holds %s; put files of one data set into the folder"
              .formatted(test.file(), size(test), train.file(), size(train)));
    }
    splits.put(Dataset.TEST, split(test, labels(folder, "t10k"), fingerprint));
    progress.accept("reading " + id, 1.0);
    return new OpenDataset(id, splits, classes, fingerprint.hex());
  }

  private static String size(Idx images) {
    return images.sizes().get(2) + "x" + images.sizes().get(1);
  }

  private Idx images(Path folder, String part) {
    return Idx.read(file(folder, part + "-images", 3), 3);
  }

  private Idx labels(Path folder, String part) {
    return Idx.read(file(folder, part + "-labels", 1), 1);
  }

  private Path file(Path folder, String stem, int dimensions) {
    return find(folder, stem, dimensions)
        .orElseThrow(
            () ->
                new UserException(
                    "%s: %s holds no %s-idx%d-ubyte or %s-idx%d-ubyte.gz; add the file"
                        .formatted(id, folder, stem, dimensions, stem, dimensions)));
  }

  private Split split(Idx images, Idx labels, Fingerprint fingerprint) {
    int size = images.sizes().get(0);
    if (!labels.sizes().get(0).equals(size)) {
      throw new UserException(
          "%s: holds %d labels for the %d pictures of %s; put files of one data set into the folder"
              .formatted(labels.file(), labels.sizes().get(0), size, images.file()));
    }
    int[] numbers = new int[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = labels.elements()[i] & 0xFF;
      if (numbers[i] >= classes.size()) {
        throw new UserException(
            ("%s: label %d at offset %d is out of range, labels go from 0 to %d; remove the file"
                    + " and download it again")
                .formatted(labels.file(), numbers[i], 8 + i, classes.size() - 1));
      }
    }
    fingerprint.add("images " + images.sizes(), images.elements());
    fingerprint.add("labels", labels.elements());
    int height = images.sizes().get(1);
    int width = images.sizes().get(2);
    int length = height * width;
    return ColumnSplit.of(
        size,
        Column.images(
            height,
            width,
            1,
            i -> Arrays.copyOfRange(images.elements(), i * length, (i + 1) * length)),
        Column.labels(numbers));
  }
}
