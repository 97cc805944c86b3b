package juxta.engine.export;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Architecture;
import juxta.api.DataKind;
import juxta.api.Field;
import juxta.api.Reference;
import juxta.api.Score;
import juxta.api.TestTransform;
import juxta.api.UserException;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.FunctionsGraph;
import juxta.picture.PictureForm;

/**
 * A trained model and what others need to know about it.
 *
 * @param model the model
 * @param seed the run's seed
 * @param aliases names of the encoder's parameters in files by our names, where they differ
 * @param method id of the method
 * @param paper what the method was published in
 * @param encoder the encoder as the user chose it; {@code -} where the method brings its own
 * @param architecture what the encoder is called in Python
 * @param transform what views for evaluation are
 * @param pictures how a picture becomes a record's image
 * @param scores what it was scored with, perhaps nothing
 * @param data id of the data that it was trained on
 * @param fields the fields of their records
 * @param kind what their records hold
 * @param classes names of their classes, in label order
 * @param version the version of Juxta that writes
 */
public record Exported(
    FrozenModel model,
    long seed,
    Map<String, String> aliases,
    String method,
    Optional<Reference> paper,
    String encoder,
    Optional<Architecture> architecture,
    Optional<TestTransform> transform,
    Optional<PictureForm> pictures,
    List<Scored> scores,
    String data,
    List<Field> fields,
    DataKind kind,
    List<String> classes,
    String version) {
  /**
   * A score.
   *
   * @param evaluator id of what found it
   * @param score the score
   */
  public record Scored(String evaluator, Score score) {}

  /**
   * Copies.
   *
   * @param model see the record
   * @param seed see the record
   * @param aliases see the record
   * @param method see the record
   * @param paper see the record
   * @param encoder see the record
   * @param architecture see the record
   * @param transform see the record
   * @param pictures see the record
   * @param scores see the record
   * @param data see the record
   * @param fields see the record
   * @param kind see the record
   * @param classes see the record
   * @param version see the record
   */
  public Exported {
    scores = List.copyOf(scores);
    aliases = Map.copyOf(aliases);
    fields = List.copyOf(fields);
    classes = List.copyOf(classes);
  }

  /**
   * Builds a function for files: for records of any length where it leaves lengths open, and if it
   * cannot be built so, for those of the data.
   *
   * @param function its name
   * @return the function, which the caller closes
   * @throws UserException if it can be built neither way
   */
  FunctionsGraph open(String function) {
    List<Field> declared = model.function(function).prepared();
    try {
      return open(function, declared);
    } catch (UserException e) {
      List<Field> known = declared.stream().map(this::known).toList();
      if (known.equals(declared)) {
        throw e;
      }
      return open(function, known);
    }
  }

  private FunctionsGraph open(String function, List<Field> given) {
    return new FunctionsGraph(model, Map.of(function, given), seed);
  }

  /** What a function can be fed with, see {@link #open}. */
  List<Field> fields(String function) {
    List<Field> declared = model.function(function).prepared();
    if (declared.stream().allMatch(field -> field.shape().stream().allMatch(n -> n >= 0))) {
      return declared;
    }
    try (FunctionsGraph opened = open(function)) {
      return opened.functions().get(function).fields();
    }
  }

  private Field known(Field declared) {
    return fields.stream()
        .filter(field -> field.name().equals(declared.name()))
        .filter(field -> field.shape().size() == declared.shape().size())
        .findFirst()
        .map(field -> Field.of(declared.name(), declared.type(), lengths(declared, field)))
        .orElse(declared);
  }

  private static long[] lengths(Field declared, Field stored) {
    long[] lengths = new long[declared.shape().size()];
    for (int axis = 0; axis < lengths.length; axis++) {
      long own = declared.shape().get(axis);
      lengths[axis] = own < 0 ? stored.shape().get(axis) : own;
    }
    return lengths;
  }
}
