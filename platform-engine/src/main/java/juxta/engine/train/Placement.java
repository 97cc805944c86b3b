package juxta.engine.train;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import juxta.api.Arithmetic;
import juxta.api.Dataset;
import juxta.engine.cluster.Address;
import juxta.engine.cluster.Workers;
import juxta.engine.hardware.Device;
import juxta.engine.hardware.DeviceChoice;
import juxta.engine.hardware.Devices;
import juxta.engine.hardware.Team;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Remote;
import juxta.toolkit.graph.Spread;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * Where sessions run, and how. All sessions of a process must agree on the card: TensorFlow numbers
 * the cards of a process once.
 *
 * @param device the device
 * @param threads threads of one operation, 0 for one a core
 * @param metricsEvery after how many steps their scalars are fetched
 * @param xla whether TensorFlow compiles what it can, on a card
 * @param team the devices that share each batch of a training, {@code device} the first of them
 * @param wholeStatistics whether batch normalisation then uses the statistics of the whole batch
 * @param workers other machines that share them
 * @param own what these have of the data themselves
 */
public record Placement(
    Device device,
    int threads,
    int metricsEvery,
    boolean xla,
    Team team,
    boolean wholeStatistics,
    Optional<Workers> workers,
    Optional<OwnData> own) {
  /** A card need not wait for the host that often; a run of no number ends within so many steps. */
  private static final int ON_CARD = 20;

  /**
   * On one device.
   *
   * @param device see the record
   * @param threads see the record
   * @param metricsEvery see the record
   * @param xla see the record
   */
  public Placement(Device device, int threads, int metricsEvery, boolean xla) {
    this(device, threads, metricsEvery, xla, new Team(List.of(device)), true);
  }

  /**
   * On this machine.
   *
   * @param device see the record
   * @param threads see the record
   * @param metricsEvery see the record
   * @param xla see the record
   * @param team see the record
   * @param wholeStatistics see the record
   */
  public Placement(
      Device device,
      int threads,
      int metricsEvery,
      boolean xla,
      Team team,
      boolean wholeStatistics) {
    this(
        device,
        threads,
        metricsEvery,
        xla,
        team,
        wholeStatistics,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * On several devices of this machine.
   *
   * @param team the devices
   * @param threads threads of one operation, 0 for one a core
   * @return the placement
   */
  public static Placement of(Team team, int threads) {
    return new Placement(team.first(), threads, 1, false, team, true);
  }

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
   * The same with other machines.
   *
   * @param addresses where they are
   * @param port where they reach this process, 0 for any that is free
   * @param seconds after which a step that has not ended counts as failed
   * @return a placement that uses them
   * @throws juxta.api.UserException if one of them cannot be reached, or runs something else
   */
  public Placement with(List<Address> addresses, int port, int seconds) {
    // what a server is started with counts more than what its sessions ask for, whose own
    // arithmetic it must leave alone: weights are trained in bf16 and used in float32
    ConfigProto server = here(Precision.FLOAT32);
    List<String> own = team.devices().stream().map(member -> type()).toList();
    Workers joined = Workers.join(addresses, port, own, server, seconds);
    return beside(Optional.of(joined), Optional.empty());
  }

  /**
   * The same, where workers that have the data of a run themselves read their parts of each batch.
   *
   * @param whole the run's data, without a fold
   * @param fold which fold of how many, such as {@code 2/5}; empty where the data are not folded
   * @param warn is told of workers that have other data, and may be fed
   * @return a placement that uses what they have
   * @throws juxta.api.UserException if one of them was started with other data
   */
  public Placement reading(Dataset whole, String fold, Consumer<String> warn) {
    return beside(workers, workers.flatMap(all -> OwnData.agreed(all, whole, fold, warn)));
  }

  private Placement beside(Optional<Workers> others, Optional<OwnData> theirs) {
    return new Placement(device, threads, metricsEvery, xla, team, wholeStatistics, others, theirs);
  }

  private String type() {
    return device instanceof Device.OnCard ? "GPU" : "CPU";
  }

  /**
   * The devices that share each batch of a training.
   *
   * @return empty for one
   */
  Optional<Spread> spread() {
    List<String> devices = devices();
    return devices.size() < 2
        ? Optional.empty()
        : Optional.of(new Spread(devices, wholeStatistics));
  }

  /**
   * The devices that compute.
   *
   * @return TensorFlow's names, those of this process first
   */
  List<String> devices() {
    return workers
        .map(Workers::devices)
        .orElseGet(
            () ->
                IntStream.range(0, team.devices().size())
                    .mapToObj(i -> "/device:" + type() + ":" + i)
                    .toList());
  }

  /**
   * Where sessions are opened that use all devices.
   *
   * @return empty for this process
   */
  Optional<Remote> remote() {
    return workers.map(Workers::remote);
  }

  /**
   * TensorFlow's configuration of training sessions, which use all devices.
   *
   * @param precision in which arithmetic
   * @return the configuration
   */
  public ConfigProto config(Precision precision) {
    ConfigProto.Builder config = everywhere(precision).toBuilder();
    if (devices().size() > 1) { // sums of two are not to be put back together into sums of many
      config
          .getGraphOptionsBuilder()
          .getRewriteOptionsBuilder()
          .setArithmeticOptimization(RewriterConfig.Toggle.OFF);
    }
    return config.build();
  }

  /**
   * TensorFlow's configuration of sessions that use all devices for what one could do as well, and
   * round as that would.
   *
   * @return the configuration, in float32
   */
  ConfigProto passes() {
    return everywhere(Precision.FLOAT32);
  }

  private ConfigProto everywhere(Precision precision) {
    ConfigProto config = here(precision);
    return workers.map(all -> all.config(config)).orElse(config);
  }

  /**
   * TensorFlow's configuration of sessions of this process alone.
   *
   * @param precision in which arithmetic
   * @return the configuration
   */
  public ConfigProto here(Precision precision) {
    // on a card bf16 is what the layers do
    Precision rewritten = device instanceof Device.OnCard ? Precision.FLOAT32 : precision;
    ConfigProto.Builder config = rewritten.config(threads).toBuilder();
    if (device instanceof Device.OnCard) {
      String cards =
          team.devices().stream()
              .map(Device.OnCard.class::cast)
              .map(member -> Integer.toString(member.card().number()))
              .collect(Collectors.joining(","));
      config.getGpuOptionsBuilder().setVisibleDeviceList(cards);
      if (xla) {
        config
            .getGraphOptionsBuilder()
            .getOptimizerOptionsBuilder()
            .setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.ON_2);
      }
    } else {
      config.mergeFrom(GraphSession.PROCESSOR);
      if (team.devices().size() > 1) {
        config.putDeviceCount("CPU", team.devices().size());
      }
    }
    if (team.devices().size() > 1) {
      config.setAllowSoftPlacement(true); // not all operations are made for cards
    }
    return config.build();
  }
}
