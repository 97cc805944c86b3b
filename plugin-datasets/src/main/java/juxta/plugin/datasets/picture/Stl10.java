package juxta.plugin.datasets.picture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Reference;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.file.ClassNames;
import juxta.plugin.datasets.file.MappedRecords;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;

/**
 * STL-10, binary version: pictures of 27,648 bytes, three planes of 96x96 column by column; labels
 * from 1 to 10 in files of their own. The pictures without labels become the split {@code
 * unlabelled} where their file is present. Files are mapped, not loaded.
 */
public final class Stl10 implements DatasetProvider {
  private static final int SIDE = 96;
  private static final int PLANE = SIDE * SIDE;
  private static final String CONTENTS =
      "train_X.bin, train_y.bin, test_X.bin, test_y.bin and, if wanted, unlabeled_X.bin";
  private static final List<String> CLASSES =
      List.of("airplane", "bird", "car", "cat", "deer", "dog", "horse", "monkey", "ship", "truck");

  /** Creates the provider. */
  public Stl10() {}

  @Override
  public String id() {
    return "stl10";
  }

  @Override
  public String summary() {
    return "STL-10, binary version: natural images 96x96, 10 classes, 100,000 without labels";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Coates, Lee and Ng",
            "An Analysis of Single-Layer Networks in Unsupervised Feature Learning",
            2011,
            "https://cs.stanford.edu/~acoates/stl10/"));
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    Path folder = DataFolder.find(request, id(), List.of("stl10_binary"), "train_X.bin", CONTENTS);
    Fingerprint fingerprint = new Fingerprint();
    Map<String, Split> splits = new LinkedHashMap<>();
    request.progress().accept("reading stl10", 0.0);
    splits.put(Dataset.TRAIN, labelled(folder, "train", fingerprint));
    splits.put(Dataset.TEST, labelled(folder, "test", fingerprint));
    request.progress().accept("reading stl10", 0.1);
    Path unlabelled = folder.resolve("unlabeled_X.bin");
    if (Files.exists(unlabelled)) {
      MappedRecords pictures = pictures(unlabelled, fingerprint);
      splits.put(Dataset.UNLABELLED, ColumnSplit.of(pictures.size(), images(pictures)));
    }
    request.progress().accept("reading stl10", 1.0);
    return new OpenDataset(
        id(),
        splits,
        ClassNames.read(folder.resolve("class_names.txt"), CLASSES),
        fingerprint.hex());
  }

  private static Split labelled(Path folder, String name, Fingerprint fingerprint) {
    MappedRecords pictures = pictures(folder.resolve(name + "_X.bin"), fingerprint);
    Path file = folder.resolve(name + "_y.bin");
    byte[] bytes = DataFolder.read(file);
    fingerprint.add(DataFolder.name(file), bytes);
    if (bytes.length != pictures.size()) {
      throw new UserException(
          ("%s: holds %d labels for the %d pictures of %s_X.bin; one of the files is cut off,"
                  + " download both again")
              .formatted(file, bytes.length, pictures.size(), name));
    }
    int[] labels = new int[bytes.length];
    for (int i = 0; i < labels.length; i++) {
      int label = bytes[i] & 0xFF;
      if (label < 1 || label > CLASSES.size()) {
        throw new UserException(
            ("%s: label %d at offset %d is out of range, labels go from 1 to %d; the file is"
                    + " damaged, download it again")
                .formatted(file, label, i, CLASSES.size()));
      }
      labels[i] = label - 1;
    }
    return ColumnSplit.of(pictures.size(), images(pictures), Column.labels(labels));
  }

  private static MappedRecords pictures(Path file, Fingerprint fingerprint) {
    MappedRecords pictures = MappedRecords.open(file, 3 * PLANE);
    pictures.addTo(fingerprint, DataFolder.name(file));
    return pictures;
  }

  private static Column images(MappedRecords pictures) {
    IntFunction<byte[]> read = record -> upright(pictures.record(record));
    return Column.images(SIDE, SIDE, 3, read);
  }

  /** From [channel, column, row] to [row, column, channel]. */
  private static byte[] upright(byte[] planes) {
    byte[] picture = new byte[planes.length];
    for (int channel = 0; channel < 3; channel++) {
      for (int x = 0; x < SIDE; x++) {
        for (int y = 0; y < SIDE; y++) {
          picture[3 * (y * SIDE + x) + channel] = planes[channel * PLANE + x * SIDE + y];
        }
      }
    }
    return picture;
  }
}
