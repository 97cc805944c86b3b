package juxta.launcher.preview;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/**
 * What one record is like.
 *
 * @param pick which record
 * @param values by field what its measurements are like, a channel each
 * @param lengths by what they are of, such as {@code height}, lengths of axes
 * @param mask pixels or voxels by class index; empty where there is no mask, or it is hidden
 * @param texts by field
 * @param bytes of all its values
 * @param digest of all measurements, empty where there are none
 */
record Look(
    Pick pick,
    Map<String, List<Moments>> values,
    Map<String, Double> lengths,
    long[] mask,
    Map<String, String> texts,
    long bytes,
    String digest) {
  private static final int CLASSES = 256;

  static Look at(Split split, Pick pick) {
    List<Field> fields = split.fields();
    Map<String, Value> record =
        split.values(fields.stream().map(Field::name).toList(), pick.record());
    Map<String, List<Moments>> values = new LinkedHashMap<>();
    Map<String, Double> lengths = new LinkedHashMap<>();
    Map<String, String> texts = new LinkedHashMap<>();
    MessageDigest digest = sha();
    for (Field field : fields) {
      Value value = record.get(field.name());
      if (field.type() == FieldType.TEXT) {
        texts.put(field.name(), value.text());
      } else if (Axes.measured(field)) {
        values.put(field.name(), moments(field, value, record));
        digest.update(value.data());
      }
      lengths.putAll(lengths(field, value, record));
    }
    return new Look(
        pick,
        values,
        lengths,
        mask(record),
        texts,
        record.values().stream().mapToLong(value -> value.data().remaining()).sum(),
        values.isEmpty() ? "" : HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static Map<String, Double> lengths(Field field, Value value, Map<String, Value> record) {
    Map<String, Double> lengths = new LinkedHashMap<>();
    List<String> axes = Axes.of(field);
    if (axes.isEmpty() && !field.fixed() && field.type() != FieldType.TEXT) {
      for (int axis = 0; axis < value.shape().size(); axis++) {
        lengths.put(field.name() + " axis " + (axis + 1), (double) value.shape().get(axis));
      }
      return lengths;
    }
    int[] own = Axes.lengths(field, value, record);
    for (int axis = 0; axis < own.length; axis++) {
      lengths.put(axes.get(axis), (double) own[axis]);
    }
    if (field.name().equals(Field.VOLUME)) {
      lengths.putAll(placed(record, axes, own));
    }
    return lengths;
  }

  /** What else is known of a scan: its lengths in the file, if they differ, and its spacing. */
  private static Map<String, Double> placed(
      Map<String, Value> record, List<String> axes, int[] own) {
    Map<String, Double> known = new LinkedHashMap<>();
    List<Long> three = List.of((long) axes.size());
    Value source = record.get(Field.SOURCE_EXTENT);
    if (source != null && source.shape().equals(three)) {
      int[] lengths = Tensors.ints(source);
      for (int axis = 0; axis < lengths.length && !Arrays.equals(lengths, own); axis++) {
        known.put(axes.get(axis) + " in the file", (double) lengths[axis]);
      }
    }
    Value spacing = record.get(Field.SPACING);
    if (spacing != null && spacing.shape().equals(three)) {
      float[] millimetres = Tensors.floats(spacing);
      for (int axis = 0; axis < millimetres.length; axis++) {
        // 1.25, not 1.2500000037
        double tidy = Double.parseDouble(Float.toString(millimetres[axis]));
        known.put(axes.get(axis) + " spacing in mm", tidy);
      }
    }
    return known;
  }

  private static List<Moments> moments(Field field, Value value, Map<String, Value> record) {
    int channels = Axes.channels(field, value);
    List<Moments.Gatherer> gatherers =
        Stream.generate(Moments.Gatherer::new).limit(channels).toList();
    Numbers numbers = new Numbers(value);
    int[] lengths = Axes.lengths(field, value, record);
    places(value, lengths, numbers.size() / channels)
        .forEach(
            place -> {
              for (int c = 0; c < channels; c++) {
                gatherers.get(c).add(numbers.at(place * channels + c));
              }
            });
    return gatherers.stream().map(Moments.Gatherer::moments).toList();
  }

  private static long[] mask(Map<String, Value> record) {
    Value mask = record.get(Field.MASK);
    Value labelled = record.get(Field.LABELLED);
    boolean hidden =
        labelled != null && labelled.type() == FieldType.INT32 && labelled.number() == 0;
    if (mask == null || mask.type() != FieldType.UINT8 || hidden) {
      return new long[0];
    }
    long[] counts = new long[CLASSES];
    Numbers numbers = new Numbers(mask);
    int[] lengths = Axes.lengths(mask.shape().size(), mask, record);
    places(mask, lengths, numbers.size()).forEach(place -> counts[(int) numbers.at(place)]++);
    return counts;
  }

  /** Pixels or voxels, not those that scans were filled up with. */
  private static IntStream places(Value value, int[] lengths, int all) {
    return lengths.length == 3 ? Axes.inside(value, lengths, 1) : IntStream.range(0, all);
  }
}
