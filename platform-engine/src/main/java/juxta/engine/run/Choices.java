package juxta.engine.run;

import java.util.Map;
import java.util.Optional;
import juxta.api.Augmentation;
import juxta.api.Encoder;
import juxta.api.Loss;
import juxta.api.Method;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.engine.catalogue.Registered;
import juxta.engine.hardware.Device;
import juxta.engine.hardware.DeviceChoice;
import juxta.engine.hardware.Devices;
import juxta.engine.train.Placement;
import juxta.engine.train.Precision;

/**
 * Everything that determines a run beside the data, checked.
 *
 * @param method the method
 * @param encoder the encoder, absent for methods that use none
 * @param augmentation the augmentation, absent for methods that use none
 * @param loss the loss, absent for methods that have their own
 * @param preset name of the preset
 * @param values all values that were given by preset, file or command line, by key
 * @param origins where each value came from, by key
 * @param settings settings by part: {@code method}, {@code encoder}, {@code augmentation}, {@code
 *     loss}
 */
public record Choices(
    Registered<Method> method,
    Optional<Registered<Encoder>> encoder,
    Optional<Registered<Augmentation>> augmentation,
    Optional<Registered<Loss>> loss,
    String preset,
    Map<String, String> values,
    Map<String, String> origins,
    Map<String, Settings> settings) {
  /** What methods that count steps call their number. */
  static final String ITERATIONS = "iterations";

  /** Settings of every run. */
  Settings run() {
    return Settings.of(values);
  }

  /**
   * Settings of a part.
   *
   * @param part {@code method}, {@code encoder}, {@code augmentation} or {@code loss}
   * @return its settings
   */
  public Settings of(String part) {
    return settings.getOrDefault(part, Settings.DEFAULTS);
  }

  /**
   * Passes over the data.
   *
   * @return epochs
   */
  public int epochs() {
    return run().get(RunSettings.EPOCHS);
  }

  /**
   * How long the run trains, for people.
   *
   * @return such as {@code 16 epochs}; of a method that counts steps, {@code 600 iterations}
   */
  public String budget() {
    return values.containsKey(RunSettings.EPOCHS.key())
        ? epochs() + " epochs"
        : values.getOrDefault(ITERATIONS, "its own number of") + " iterations";
  }

  /**
   * Records a step.
   *
   * @return the batch size
   */
  public int batch() {
    return run().get(RunSettings.BATCH);
  }

  /**
   * The run's seed.
   *
   * @return the seed
   */
  public int seed() {
    return run().get(RunSettings.SEED);
  }

  /**
   * What it runs on.
   *
   * @return the device, of those that this machine has
   * @throws UserException if it was to be a card that cannot be used
   */
  public Device device() {
    return Devices.here().choose(DeviceChoice.of(run().get(RunSettings.DEVICE)));
  }

  /**
   * Where its sessions run.
   *
   * @return the placement
   */
  public Placement placement() {
    Placement usual = new Placement(device(), run().get(RunSettings.THREADS));
    int every = run().get(RunSettings.METRICS_EVERY);
    return new Placement(
        usual.device(),
        usual.threads(),
        every == 0 ? usual.metricsEvery() : every,
        run().get(RunSettings.XLA));
  }

  /**
   * Arithmetic of training steps on this machine.
   *
   * @return the precision
   */
  public Precision precision() {
    return Precision.of(run().get(RunSettings.PRECISION), device());
  }

  /**
   * The encoder as a row of a table shows it.
   *
   * @return its id, {@code -} where there is none
   */
  public String encoderName() {
    return encoder.map(Registered::id).orElse("-");
  }
}
