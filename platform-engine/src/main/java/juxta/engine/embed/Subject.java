package juxta.engine.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import juxta.engine.train.Inference;

/**
 * All that rows follow from.
 *
 * @param method id of the model's method
 * @param model hash of its weights and settings
 * @param data fingerprint of the data
 * @param function the model's function
 * @param output which of its outputs
 * @param splits the splits, in order
 * @param batch records at once: {@link Inference#BATCH}, or 1 where records differ in size
 */
record Subject(
    String method,
    String model,
    String data,
    String function,
    String output,
    List<Piece> splits,
    int batch) {
  /** What of it is another one's, in words; empty if nothing is. */
  List<String> differences(Subject other) {
    List<String> words = new ArrayList<>();
    if (!Objects.equals(method, other.method) || !Objects.equals(model, other.model)) {
      words.add("model");
    }
    if (!Objects.equals(data, other.data)) {
      words.add("data");
    }
    if (!Objects.equals(function, other.function) || !Objects.equals(output, other.output)) {
      words.add("function");
    }
    if (!Objects.equals(splits, other.splits)) {
      words.add("splits");
    }
    if (batch != other.batch) {
      words.add("version of Juxta");
    }
    return words;
  }

  /** Rows of all splits. */
  long rows() {
    return splits.stream().mapToLong(Piece::rows).sum();
  }

  /** Batches of a split. */
  long batches(Piece piece) {
    return (piece.rows() + batch - 1L) / batch;
  }

  /** Batches of all splits; none has records of two of them. */
  long batches() {
    return splits.stream().mapToLong(this::batches).sum();
  }

  /** Rows before a batch. */
  long rowsBefore(long first) {
    long rows = 0;
    long left = first;
    for (Piece piece : splits) {
      long batches = batches(piece);
      if (left < batches) {
        return rows + left * batch;
      }
      rows += piece.rows();
      left -= batches;
    }
    return rows;
  }
}
