package juxta.engine.train;

import java.util.Locale;
import java.util.Set;
import juxta.api.DataKind;
import juxta.api.UserException;
import juxta.engine.hardware.Device;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** In which arithmetic training steps run. Weights are float32 in all of them. */
public enum Precision {
  /** 32-bit floating point throughout. */
  FLOAT32,
  /** Convolutions and matrix products in bfloat16. */
  BF16;

  /**
   * Reads a user's word.
   *
   * @param word {@code float32}, {@code bf16}, or {@code auto}: bf16 where the device multiplies
   *     bf16 in hardware (a processor with AMX or AVX-512 BF16, a card of compute capability 8),
   *     since elsewhere it is slower than float32
   * @param device where it is to run
   * @param kinds the kinds of data that are trained on
   * @return the precision
   * @throws UserException if bf16 was asked for where it would be slower than float32
   */
  public static Precision of(String word, Device device, Set<DataKind> kinds) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "float32" -> FLOAT32;
      case "bf16" -> {
        device
            .objectionToBf16()
            .ifPresent(
                reason -> {
                  throw new UserException(
                      "precision: bf16 would be slower than float32 here, since "
                          + reason
                          + "; use --precision float32 or auto");
                });
        yield BF16;
      }
      case "auto" -> prefers(device, kinds) ? BF16 : FLOAT32;
      default ->
          throw new UserException("precision: '" + word + "' is none of float32, bf16, auto");
    };
  }

  /**
   * Convolutions of volumes have few channels: V-Net's step took a processor 1.3 to 1.5 times as
   * long in bf16, with AMX and with AVX-512 BF16.
   */
  private static boolean prefers(Device device, Set<DataKind> kinds) {
    boolean slow = device instanceof Device.OnProcessor && kinds.equals(Set.of(DataKind.VOLUMES));
    return device.prefersBf16() && !slow;
  }

  /**
   * TensorFlow's configuration for this precision on a processor, where bf16 is a rewrite of the
   * finished graph.
   *
   * @param threads threads of one operation, 0 for all cores
   * @return the configuration
   */
  public ConfigProto config(int threads) {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            // as many operations side by side: small ones leave cores idle, and the bits stay
            .setInterOpParallelismThreads(threads);
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
