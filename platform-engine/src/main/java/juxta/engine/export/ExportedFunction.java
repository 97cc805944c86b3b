package juxta.engine.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * How a function of an exported model is called.
 *
 * @param file the file that holds it, relative to the folder
 * @param inputs what it takes
 * @param outputs what it gives, float32
 * @param text the file that says how text becomes the inputs; absent for other records
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ExportedFunction(
    String file, List<Input> inputs, List<Output> outputs, Optional<String> text) {
  /**
   * An input.
   *
   * @param name name of the field
   * @param tensor its name in the file
   * @param type {@code uint8}, {@code int32} or {@code float32}
   * @param shape of one record, -1 where a length may differ
   */
  public record Input(String name, String tensor, String type, List<Long> shape) {}

  /**
   * An output.
   *
   * @param name its name
   * @param tensor its name in the file, another where an input has that name
   * @param shape of one record, -1 where a length may differ
   */
  public record Output(String name, String tensor, List<Long> shape) {}
}
