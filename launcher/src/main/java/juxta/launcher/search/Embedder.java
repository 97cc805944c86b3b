package juxta.launcher.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.Value;

/** Turns images and texts into vectors of one space. Safe to use from several threads at once. */
public interface Embedder extends AutoCloseable {
  /**
   * Says which model it is; vectors of models with another id cannot be compared.
   *
   * @return letters, digits and {@code -}
   */
  String model();

  /**
   * The fields of a record that an image's vector is made of.
   *
   * @return at least one
   */
  List<Field> inputs();

  /**
   * Embeds images.
   *
   * @param records the values of {@link #inputs} of each, all of one shape
   * @return a row a record
   */
  Matrix images(List<Map<String, Value>> records);

  /**
   * Whether the model understands texts.
   *
   * @return false if it was made from images only
   */
  boolean takesText();

  /**
   * Why a text cannot be searched for.
   *
   * @param text what the user typed
   * @return one line for the user; empty if it can
   */
  Optional<String> objection(String text);

  /**
   * Embeds a text.
   *
   * @param text one that there is no {@link #objection} to
   * @return its vector
   */
  float[] text(String text);

  @Override
  void close();
}
