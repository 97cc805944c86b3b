package juxta.engine.train;

import juxta.api.Arithmetic;
import juxta.engine.hardware.Device;
import juxta.engine.hardware.DeviceChoice;
import juxta.engine.hardware.Devices;
import juxta.toolkit.graph.GraphSession;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.OptimizerOptions;

/**
 * Where sessions run, and how. All sessions of a process must agree on the card: TensorFlow numbers
 * the cards of a process once.
 *
 * @param device the device
 * @param threads threads of one operation, 0 for one a core
 * @param metricsEvery after how many steps their scalars are fetched
 * @param xla whether TensorFlow compiles what it can, on a card
 */
public record Placement(Device device, int threads, int metricsEvery, boolean xla) {
  /** A card need not wait for the host that often; a run of no number ends within so many steps. */
  private static final int ON_CARD = 20;

  /**
   * Not compiled; scalars are fetched after every step on a processor, not so often on a card.
   *
   * @param device the device
   * @param threads threads of one operation, 0 for one a core
   */
  public Placement(Device device, int threads) {
    this(device, threads, device instanceof Device.OnCard ? ON_CARD : 1, false);
  }

  /**
   * On the first card that TensorFlow finds, else on the processor; scalars are fetched after every
   * step.
   *
   * @param threads threads of one operation, 0 for one a core
   * @return the placement
   */
  public static Placement automatic(int threads) {
    return new Placement(Devices.here().choose(new DeviceChoice.Auto()), threads, 1, false);
  }

  /**
   * What the layers of a graph do.
   *
   * @param precision in which precision
   * @return the arithmetic
   */
  public Arithmetic arithmetic(Precision precision) {
    return new Arithmetic(precision == Precision.BF16, !(device instanceof Device.OnCard));
  }

  /**
   * TensorFlow's configuration.
   *
   * @param precision in which arithmetic
   * @return the configuration
   */
  public ConfigProto config(Precision precision) {
    // on a card bf16 is what the layers do
    Precision rewritten = device instanceof Device.OnCard ? Precision.FLOAT32 : precision;
    ConfigProto.Builder config = rewritten.config(threads).toBuilder();
    if (device instanceof Device.OnCard on) {
      config.getGpuOptionsBuilder().setVisibleDeviceList(Integer.toString(on.card().number()));
      if (xla) {
        config
            .getGraphOptionsBuilder()
            .getOptimizerOptionsBuilder()
            .setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.ON_2);
      }
    } else {
      config.mergeFrom(GraphSession.PROCESSOR);
    }
    return config.build();
  }
}
