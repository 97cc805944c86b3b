package juxta.launcher.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import juxta.api.Arithmetic;
import juxta.api.UserException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** In which arithmetic training steps run. Weights are float32 in all of them. */
public enum Precision {
  /** 32-bit floating point throughout. */
  FLOAT32,
  /** Convolutions and matrix products in bfloat16, by a rewrite of the finished graph. */
  BF16;

  /**
   * Reads a user's word.
   *
   * @param word {@code float32}, {@code bf16}, or {@code auto}: bf16 where the processor multiplies
   *     bf16 matrices in hardware (AMX), since elsewhere it is slower than float32
   * @return the precision
   */
  public static Precision of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "float32" -> FLOAT32;
      case "bf16" -> BF16;
      case "auto" -> hasAmx() ? BF16 : FLOAT32;
      default ->
          throw new UserException("precision: '" + word + "' is none of float32, bf16, auto");
    };
  }

  private static boolean hasAmx() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo")).contains("amx_bf16");
    } catch (IOException e) {
      return false; // no Linux: nothing is known of the processor
    }
  }

  /**
   * What the layers of a training step do in this precision.
   *
   * @return the arithmetic
   */
  public Arithmetic arithmetic() {
    return new Arithmetic(this == BF16, true);
  }

  /**
   * TensorFlow's configuration for this precision.
   *
   * @param threads threads of one operation, 0 for all cores
   * @return the configuration
   */
  public ConfigProto config(int threads) {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(1);
    config.getGpuOptionsBuilder().setAllowGrowth(true);
    if (this == BF16) {
      config.setGraphOptions(
          GraphOptions.newBuilder()
              .setRewriteOptions(
                  RewriterConfig.newBuilder()
                      .setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON)
                      // fused matrix products miss the bf16 units
                      .setRemapping(RewriterConfig.Toggle.OFF)));
    }
    return config.build();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
