package juxta.plugin.datasets.medmnist;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.FieldType;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Dtype;
import juxta.toolkit.io.Npz;

/**
 * Labels of one part of a file in MedMNIST's layout.
 *
 * @param classes one a record
 */
record MedMnistLabels(int[] classes) {
  /** Labels of a set that is not known go no further; more are a sign of another kind of number. */
  private static final int MOST_CLASSES = 10_000;

  private static final List<Dtype> WHOLE = List.of(Dtype.U8, Dtype.I32, Dtype.I64);

  int size() {
    return classes.length;
  }

  /**
   * Reads and checks labels.
   *
   * @param file for errors
   * @param npz the open file
   * @param name of the array
   * @param set which set it is, if it is a known one
   * @param finding which label is the class, where a record has several; else empty
   */
  static MedMnistLabels read(
      Path file, Npz npz, String name, Optional<MedMnistSet> set, String finding) {
    List<Long> shape = npz.shape(name);
    boolean fits = shape.size() == 1 || (shape.size() == 2 && shape.get(1) > 0);
    if (!fits || !WHOLE.contains(npz.dtype(name))) {
      throw new UserException(
          "%s: %s are %s of shape %s instead of whole numbers of shape [N, 1]; get the file again"
              .formatted(file, name, npz.dtype(name), shape));
    }
    int[] numbers = numbers(npz.value(name));
    int columns = shape.size() == 1 ? 1 : shape.get(1).intValue();
    int column = column(file, name, columns, set, finding);
    int[] classes = new int[numbers.length / columns];
    int most = columns > 1 ? 2 : set.map(s -> s.classes().size()).orElse(MOST_CLASSES);
    for (int i = 0; i < classes.length; i++) {
      classes[i] = numbers[i * columns + column];
      if (classes[i] < 0 || classes[i] >= most) {
        throw new UserException(
            "%s: record %d of %s has the label %d, labels%s go from 0 to %d; get the file again"
                .formatted(
                    file,
                    i,
                    name,
                    classes[i],
                    set.map(s -> " of " + s.name()).orElse(""),
                    most - 1));
      }
    }
    return new MedMnistLabels(classes);
  }

  private static int[] numbers(Value value) {
    if (value.type() == FieldType.INT32) {
      return Tensors.ints(value);
    }
    ByteBuffer bytes = value.data();
    return IntStream.range(0, bytes.remaining()).map(i -> bytes.get(i) & 0xFF).toArray();
  }

  private static int column(
      Path file, String name, int columns, Optional<MedMnistSet> set, String finding) {
    List<String> names =
        set.filter(s -> s.classes().size() == columns)
            .map(MedMnistSet::classes)
            .orElseGet(() -> IntStream.range(0, columns).mapToObj(Integer::toString).toList());
    if (columns == 1) {
      if (!finding.isEmpty()) {
        throw new UserException(
            "medmnist: %s of %s has one label a record; leave data.finding away"
                .formatted(name, file));
      }
      return 0;
    }
    if (!names.contains(finding)) {
      throw new UserException(
          "medmnist: %s of %s has %d labels a record, of which one can be the class; set data.finding to one of %s"
              .formatted(name, file, columns, String.join(", ", names)));
    }
    return names.indexOf(finding);
  }

  void addTo(Fingerprint fingerprint, String part) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * classes.length);
    bytes.asIntBuffer().put(classes);
    fingerprint.add(part + " labels", bytes);
  }
}
