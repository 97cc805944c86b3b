package juxta.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.UserException;

/**
 * Labels number the classes of data, or are -1 where a record has none. Others would be taken for
 * classes that are not there, without a word: in a graph, an index beyond the end reads zeros.
 */
final class Labels {
  private static final int NONE = -1;

  private Labels() {}

  /**
   * Checks all labels of data that name their classes.
   *
   * @param data the data
   * @throws UserException naming in each split the first record whose label is no class
   */
  static void check(Dataset data) {
    int classes = data.classes().size();
    List<String> problems = new ArrayList<>();
    data.splits()
        .forEach(
            (name, split) -> {
              if (classes > 0 && labelled(split)) {
                IntStream.range(0, split.size())
                    .filter(record -> !fits(label(split, record), classes))
                    .limit(1)
                    .forEach(
                        record ->
                            problems.add(
                                problem(data.id(), name, record, label(split, record), classes)));
              }
            });
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private static boolean labelled(Split split) {
    return split.fields().stream()
        .anyMatch(
            field ->
                field.name().equals(Field.LABEL)
                    && field.type() == FieldType.INT32
                    && field.shape().isEmpty());
  }

  private static int label(Split split, int record) {
    return split.value(Field.LABEL, record).number();
  }

  private static boolean fits(int label, int classes) {
    return label >= NONE && label < classes;
  }

  private static String problem(String data, String split, int record, int label, int classes) {
    return "data set '"
        + data
        + "': record "
        + record
        + " of split '"
        + split
        + "' has label "
        + label
        + ", but the data name "
        + classes
        + (classes == 1 ? " class" : " classes")
        + " (labels go from 0 to "
        + (classes - 1)
        + ", or are -1 for none); correct the labels, or the reader that numbers them";
  }
}
