package juxta.engine.export;

import java.nio.file.Path;
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
   * The functions that are written where the user names none.
   *
   * @param model the trained model
   * @return names of functions that it has; by default of all
   */
  default Set<String> usual(FrozenModel model) {
    return model.functions();
  }

  /**
   * Writes a model, or what of it the format holds.
   *
   * @param subject the trained model
   * @param functions names of the functions that are wanted, which the model has
   * @param folder where to write; it exists
   * @return what was written, and what could not be
   * @throws UserException if a file cannot be written
   */
  Written write(Exported subject, Set<String> functions, Path folder);
}
