package juxta.engine.export;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.api.Reference;
import juxta.engine.train.FrozenModel;

/**
 * A trained model and what others need to know about it.
 *
 * @param model the model
 * @param seed the run's seed
 * @param aliases names of the encoder's parameters in files by our names, where they differ
 * @param method id of the method
 * @param paper what the method was published in
 * @param encoder the encoder as the user chose it; {@code -} where the method brings its own
 * @param data id of the data that it was trained on
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
    String data,
    DataKind kind,
    List<String> classes,
    String version) {
  /**
   * Copies.
   *
   * @param model see the record
   * @param seed see the record
   * @param aliases see the record
   * @param method see the record
   * @param paper see the record
   * @param encoder see the record
   * @param data see the record
   * @param kind see the record
   * @param classes see the record
   * @param version see the record
   */
  public Exported {
    aliases = Map.copyOf(aliases);
    classes = List.copyOf(classes);
  }
}
