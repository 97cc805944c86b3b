package juxta.engine.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.UserException;
import juxta.engine.train.FrozenModel;

/** Writes trained models in one format. */
public interface Exporter {
  /**
   * What users call the format.
   *
   * @return lower-case letters, digits and {@code -}
   */
  String format();

  /**
   * Writes a model, or what of it the format holds.
   *
   * @param model the trained model
   * @param functions names of the functions that are wanted; those that the format does not hold
   *     are left out
   * @param aliases names of the encoder's parameters in files by our names, where they differ
   * @param folder where to write; it exists
   * @return the files that were written, none if the model has none of the functions
   * @throws UserException if a file cannot be written
   */
  List<Path> write(
      FrozenModel model, Set<String> functions, Map<String, String> aliases, Path folder);
}
