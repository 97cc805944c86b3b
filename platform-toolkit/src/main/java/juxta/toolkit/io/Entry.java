package juxta.toolkit.io;

import java.util.List;

/**
 * What the header of a safetensors file says of one tensor.
 *
 * @param name its name
 * @param dtype type of its elements
 * @param shape its shape
 * @param begin first byte in the file
 * @param end the byte after its last one
 */
public record Entry(String name, Dtype dtype, List<Long> shape, long begin, long end) {
  /**
   * Copies the shape.
   *
   * @param name see the record
   * @param dtype see the record
   * @param shape see the record
   * @param begin see the record
   * @param end see the record
   */
  public Entry {
    shape = List.copyOf(shape);
  }
}
