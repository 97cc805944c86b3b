package juxta.engine.hardware;

import java.util.OptionalDouble;

/**
 * A graphics card.
 *
 * @param number as {@code --device gpu:N} names it
 * @param name its name
 * @param capability NVIDIA's compute capability, such as 9.0; empty where nothing says it
 * @param memory bytes of its memory, 0 where nothing says it
 */
public record Card(int number, String name, OptionalDouble capability, long memory) {
  /** From here on cards multiply bf16 matrices in hardware. */
  private static final double BF16 = 8;

  boolean multipliesBf16() {
    return capability.isPresent() && capability.getAsDouble() >= BF16;
  }

  boolean lacksBf16() {
    return capability.isPresent() && capability.getAsDouble() < BF16;
  }
}
