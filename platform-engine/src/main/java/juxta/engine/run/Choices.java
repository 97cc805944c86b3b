package juxta.engine.run;

import java.util.List;
import java.util.Optional;
import juxta.api.Augmentation;
import juxta.api.Encoder;
import juxta.api.Loss;
import juxta.api.Method;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.engine.catalogue.Registered;
import juxta.engine.cluster.Address;
import juxta.engine.cluster.Role;
import juxta.engine.hardware.Device;
import juxta.engine.hardware.DeviceChoice;
import juxta.engine.hardware.Devices;
import juxta.engine.hardware.Team;
import juxta.engine.train.Placement;
import juxta.engine.train.Precision;

/**
 * Everything that determines a run beside the data, checked.
 *
 * @param method the method
 * @param encoder the encoder, absent for methods that use none
 * @param augmentation the augmentation, absent for methods that use none
 * @param loss the loss, absent for methods that have their own
 * @param evaluators what scores the model, with settings; perhaps none
 * @param preset name of the preset
 * @param resolution all values that were given, with their origins
 */
public record Choices(
    Registered<Method> method,
    Optional<Registered<Encoder>> encoder,
    Optional<Registered<Augmentation>> augmentation,
    Optional<Registered<Loss>> loss,
    List<Scoring.Chosen> evaluators,
    String preset,
    Resolution resolution) {
  /** What methods that count steps call their number. */
  static final String ITERATIONS = "iterations";

  /**
   * The same run with another seed.
   *
   * @param seed the seed
   * @param origin who says so
   * @return other choices
   */
  public Choices withSeed(int seed, Origin origin) {
    return new Choices(
        method,
        encoder,
        augmentation,
        loss,
        evaluators,
        preset,
        resolution.with(RunSettings.SEED, seed, origin));
  }

  /**
   * The same run on a fold.
   *
   * @param fold what is tested
   * @param origin who says so
   * @return other choices
   */
  public Choices withFold(Fold fold, Origin origin) {
    return new Choices(
        method,
        encoder,
        augmentation,
        loss,
        evaluators,
        preset,
        resolution.with(RunSettings.FOLD, Optional.of(fold.toString()), origin));
  }

  /**
   * The fold that is tested.
   *
   * @return the fold, empty where the data stay as they are split
   */
  public Optional<Fold> fold() {
    return resolution.run(RunSettings.FOLD).map(Fold::parse);
  }

  /**
   * The same run on other devices.
   *
   * @param devices as a user writes them
   * @param origin who says so
   * @return other choices
   */
  public Choices sharedBy(String devices, Origin origin) {
    return new Choices(
        method,
        encoder,
        augmentation,
        loss,
        evaluators,
        preset,
        resolution.with(RunSettings.DEVICES, Optional.of(devices), origin));
  }

  /**
   * The same run, scored otherwise.
   *
   * @param others what scores it
   * @return other choices
   */
  public Choices scoredBy(List<Scoring.Chosen> others) {
    return new Choices(method, encoder, augmentation, loss, others, preset, resolution);
  }

  /**
   * A value as it was given.
   *
   * @param key as users write it
   * @return its text, if it was given by anybody
   */
  public Optional<String> text(String key) {
    return resolution.training().text(key);
  }

  /**
   * Settings of a part.
   *
   * @param part {@code method}, {@code encoder}, {@code augmentation} or {@code loss}
   * @return its settings
   */
  public Settings of(String part) {
    return resolution.of(part);
  }

  /**
   * Passes over the data.
   *
   * @return epochs
   */
  public int epochs() {
    return resolution.run(RunSettings.EPOCHS).orElse(0);
  }

  /**
   * How long the run trains, for people.
   *
   * @return such as {@code 16 epochs}; of a method that counts steps, {@code 600 iterations}, or
   *     {@code 80 contrast-iterations} where only such a part of it trains
   */
  public String budget() {
    if (resolution.run(RunSettings.EPOCHS).isEmpty()) {
      return text(ITERATIONS).orElse("its own number of") + " iterations";
    }
    return epochs() == 0
        ? parts().orElse("0 epochs")
        : epochs() + (epochs() == 1 ? " epoch" : " epochs");
  }

  /**
   * Whether anything is trained: not for raw pixels, nor for networks as they are.
   *
   * @return true if there are steps
   */
  public boolean trains() {
    return text("epochs").filter("0"::equals).isEmpty() || parts().isPresent();
  }

  /** Steps that some part of a method has apart from epochs, if any. */
  private Optional<String> parts() {
    return method.component().settings().stream()
        .map(Setting::key)
        .filter(key -> key.endsWith("-" + ITERATIONS))
        .filter(key -> text(key).filter("0"::equals).isEmpty())
        .map(key -> text(key).map(steps -> steps + " ").orElse("") + key)
        .reduce((a, b) -> a + ", " + b);
  }

  /**
   * Records a step.
   *
   * @return the batch size
   */
  public int batch() {
    return resolution.run(RunSettings.BATCH).orElse(1);
  }

  /**
   * The run's seed.
   *
   * @return the seed
   */
  public int seed() {
    return resolution.run(RunSettings.SEED);
  }

  /**
   * What it runs on.
   *
   * @return the device, of those that this machine has
   * @throws UserException if it was to be a card that cannot be used
   */
  public Device device() {
    return team().first();
  }

  /**
   * The devices that share its batches.
   *
   * @return the devices, of those that this machine has
   * @throws UserException if one was to be a card that cannot be used
   */
  public Team team() {
    return team(resolution.training(), Devices.here());
  }

  /**
   * The devices that values name.
   *
   * @param values what was given
   * @param here the devices of this machine
   * @return the devices
   * @throws UserException if there are no such devices
   */
  public static Team team(Overrides values, Devices here) {
    Optional<String> several =
        values.text(RunSettings.DEVICES.key()).filter(words -> !words.isEmpty());
    String one = values.text(RunSettings.DEVICE.key()).orElse(RunSettings.DEVICE.defaultValue());
    return several
        .map(words -> Team.of(words, here))
        .orElseGet(() -> new Team(List.of(here.choose(DeviceChoice.of(one)))));
  }

  /**
   * Where its sessions run.
   *
   * @return the placement
   */
  public Placement placement() {
    Team team = team();
    Placement usual = new Placement(team.first(), resolution.run(RunSettings.THREADS).orElse(0));
    return new Placement(
        usual.device(),
        usual.threads(),
        resolution.run(RunSettings.METRICS_EVERY).orElse(usual.metricsEvery()),
        resolution.run(RunSettings.XLA),
        team,
        resolution.run(RunSettings.BATCH_NORM).equals("batch"));
  }

  /**
   * Other machines that share its batches: those that were named, else those that the environment
   * names where this process leads.
   *
   * @return their addresses, mostly none
   * @throws UserException if one is no address
   */
  public List<Address> workers() {
    return named().map(Address::list).or(() -> leading().map(Role::workers)).orElse(List.of());
  }

  private Optional<String> named() {
    return resolution.run(RunSettings.WORKERS).filter(words -> !words.isEmpty());
  }

  private static Optional<Role> leading() {
    return Role.of(System.getenv()).filter(Role::leads);
  }

  /**
   * Where its training runs, and what follows it: with the other machines, which are joined now.
   *
   * @return the placement
   * @throws UserException if a worker cannot be reached, or runs something else
   */
  public Placement joined() {
    List<Address> workers = workers();
    int port = named().isPresent() ? 0 : leading().map(role -> role.own().port()).orElse(0);
    return workers.isEmpty()
        ? placement()
        : placement().with(workers, port, resolution.run(RunSettings.WORKER_TIMEOUT));
  }

  /**
   * Where its model is used, apart from its training: with the machines that were asked for by
   * name, which are joined now. What a cluster says of a job's other nodes is of its training.
   *
   * @return the placement
   * @throws UserException if a worker cannot be reached, or runs something else
   */
  public Placement helped() {
    return named().isPresent() ? joined() : placement();
  }

  /**
   * Arithmetic of training steps on this machine.
   *
   * @return the precision
   */
  public Precision precision() {
    return Precision.of(
        resolution.run(RunSettings.PRECISION), device(), method.component().kinds());
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
