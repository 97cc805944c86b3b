package juxta.toolkit.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.UserException;
import juxta.toolkit.io.PlainData;

/** The operations of a {@link FoldedNetwork}, in the order in which they are computed. */
record FoldedDescription(Path file, String features, List<Op> ops) {
  /** An operation; weight and bias are empty where it has none. */
  record Op(List<String> inputs, String output, String weight, String bias) {}

  static FoldedDescription of(Path file, PlainData data) {
    Map<String, PlainData> all = mapping(file, data);
    List<Op> ops = new ArrayList<>();
    for (PlainData op : sequence(file, all, "ops")) {
      Map<String, PlainData> fields = mapping(file, op);
      List<String> inputs = new ArrayList<>();
      for (PlainData input : sequence(file, fields, "inputs")) {
        inputs.add(text(file, Map.of("inputs", input), "inputs"));
      }
      boolean weighted = fields.containsKey("weight");
      ops.add(
          new Op(
              List.copyOf(inputs),
              text(file, fields, "output"),
              weighted ? text(file, fields, "weight") : "",
              weighted ? text(file, fields, "bias") : ""));
    }
    return new FoldedDescription(file, text(file, all, "features"), List.copyOf(ops));
  }

  /** The operations with weights that the features depend on, in order. */
  List<Op> behindFeatures() {
    Map<String, Op> makers = new LinkedHashMap<>();
    ops.forEach(op -> makers.put(op.output(), op));
    if (!makers.containsKey(features)) {
      throw bad(file, "no operation makes the features '" + features + "'");
    }
    Set<String> needed = new HashSet<>(Set.of(features));
    // makers come before users, so that one pass from the end finds all
    for (int i = ops.size() - 1; i >= 0; i--) {
      if (needed.contains(ops.get(i).output())) {
        needed.addAll(ops.get(i).inputs());
      }
    }
    return ops.stream()
        .filter(op -> needed.contains(op.output()) && !op.weight().isEmpty())
        .toList();
  }

  private static Map<String, PlainData> mapping(Path file, PlainData data) {
    if (data instanceof PlainData.Mapping mapping) {
      return mapping.values();
    }
    throw bad(file, data.kind() + " where a dictionary belongs");
  }

  private static List<PlainData> sequence(Path file, Map<String, PlainData> of, String key) {
    if (of.get(key) instanceof PlainData.Sequence sequence) {
      return sequence.values();
    }
    throw bad(file, "'" + key + "' is missing or no list");
  }

  private static String text(Path file, Map<String, PlainData> of, String key) {
    if (of.get(key) instanceof PlainData.Text text) {
      return text.value();
    }
    throw bad(file, "'" + key + "' is missing or no text");
  }

  private static UserException bad(Path file, String what) {
    return new UserException(
        file + ": does not describe a network (" + what + "); get it again with its .npz");
  }
}
