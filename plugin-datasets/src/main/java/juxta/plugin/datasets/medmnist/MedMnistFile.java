package juxta.plugin.datasets.medmnist;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.io.Npz;

/** A file in MedMNIST's layout. */
final class MedMnistFile implements AutoCloseable {
  /** Splits by the names that arrays begin with. */
  private static final Map<String, String> SPLITS = splits();

  private static final String AGAIN = "get the file again, or name one of MedMNIST's 2D sets";

  private final Path file;
  private final Npz npz;
  private final Optional<MedMnistSet> set;
  private final Path unpacked;
  private final long mostInMemory;

  private MedMnistFile(
      Path file, Npz npz, Optional<MedMnistSet> set, Path unpacked, long mostInMemory) {
    this.file = file;
    this.npz = npz;
    this.set = set;
    this.unpacked = unpacked;
    this.mostInMemory = mostInMemory;
  }

  private static Map<String, String> splits() {
    Map<String, String> splits = new LinkedHashMap<>();
    splits.put("train", Dataset.TRAIN);
    splits.put("val", Dataset.VALIDATION);
    splits.put("test", Dataset.TEST);
    return splits;
  }

  /**
   * Opens a file.
   *
   * @param file the file
   * @param set which set it is, if it is a known one
   * @param unpacked folder for large arrays
   * @param mostInMemory bytes of an array that is kept in memory
   */
  static MedMnistFile open(Path file, Optional<MedMnistSet> set, Path unpacked, long mostInMemory) {
    return new MedMnistFile(file, Npz.open(file), set, unpacked, mostInMemory);
  }

  Dataset read(String id, String finding, BiConsumer<String, Double> progress) {
    List<String> missing =
        SPLITS.keySet().stream()
            .flatMap(part -> List.of(part + "_images", part + "_labels").stream())
            .filter(name -> !npz.has(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          "%s: has no array %s; MedMNIST's files hold images and labels of train, val and test, %s"
              .formatted(file, String.join(", ", missing), AGAIN));
    }
    Fingerprint fingerprint = new Fingerprint();
    Map<String, MedMnistImages> images = new LinkedHashMap<>();
    Map<String, MedMnistLabels> labels = new LinkedHashMap<>();
    double done = 0;
    for (String part : SPLITS.keySet()) {
      progress.accept("reading " + file.getFileName() + ", " + part, done++ / SPLITS.size());
      MedMnistLabels read = MedMnistLabels.read(file, npz, part + "_labels", set, finding);
      MedMnistImages pictures =
          MedMnistImages.read(file, npz, part + "_images", unpacked, mostInMemory);
      if (read.size() != pictures.size()) {
        throw new UserException(
            "%s: has %d labels in %s_labels for the %d images of %s_images; %s"
                .formatted(file, read.size(), part, pictures.size(), part, AGAIN));
      }
      MedMnistImages first = images.getOrDefault("train", pictures);
      if (!first.shape().equals(pictures.shape())) {
        throw new UserException(
            "%s: %s_images are of shape %s, but train_images of %s; %s"
                .formatted(file, part, pictures.shape(), first.shape(), AGAIN));
      }
      pictures.addTo(fingerprint, part);
      read.addTo(fingerprint, part);
      images.put(part, pictures);
      labels.put(part, read);
    }
    progress.accept("reading " + file.getFileName(), 1.0);
    Map<String, Split> splits = new LinkedHashMap<>();
    SPLITS.forEach(
        (part, name) ->
            splits.put(
                name,
                ColumnSplit.of(
                    images.get(part).size(),
                    images.get(part).column(),
                    Column.labels(labels.get(part).classes()))));
    return new OpenDataset(id, splits, names(labels, finding), fingerprint.hex());
  }

  private List<String> names(Map<String, MedMnistLabels> labels, String finding) {
    if (!finding.isEmpty()) {
      return List.of("no " + finding, finding);
    }
    int most =
        labels.values().stream().flatMapToInt(l -> IntStream.of(l.classes())).max().orElse(0);
    return set.map(MedMnistSet::classes)
        .orElseGet(
            () ->
                new ArrayList<>(
                    IntStream.rangeClosed(0, most).mapToObj(Integer::toString).toList()));
  }

  @Override
  public void close() {
    npz.close();
  }
}
