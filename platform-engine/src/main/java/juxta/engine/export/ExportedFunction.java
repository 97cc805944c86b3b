package juxta.engine.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How a function of an exported model is called.
 *
 * @param file the file that holds it, relative to the folder
 * @param inputs what it takes
 * @param outputs what it gives, float32
 * @param text the file that says how text becomes the inputs; empty for other records
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExportedFunction(String file, List<Input> inputs, List<Output> outputs, String text) {
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
