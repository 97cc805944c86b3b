package juxta.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Encoder;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.run.Choices;
import juxta.engine.run.Origin;
import juxta.engine.run.Overrides;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.run.RunSetup;
import juxta.engine.train.Placement;
import juxta.engine.train.Precision;
import juxta.engine.train.Trainer;
import juxta.plugin.baselines.augmentations.SimclrCifarViews;
import juxta.plugin.baselines.encoders.ResNet18;
import juxta.plugin.baselines.encoders.VitTiny;
import juxta.plugin.baselines.losses.NtXent;
import juxta.plugin.baselines.methods.Simclr;

/**
 * One training on one device, on several that are the same processor, and on several processes of
 * this machine: what cutting each batch costs, and what passes between the processes.
 */
final class DeviceSteps {
  private static final List<Integer> COUNTS = List.of(2, 4);
  private static final int SECONDS = 600;

  private DeviceSteps() {}

  static void run(Options options) throws IOException {
    Table table = new Table("device-steps " + options.network().word(), options);
    Path folder = Files.createTempDirectory("juxta-devices");
    List<EngineLane> lanes = new ArrayList<>();
    List<WorkerProcess> workers = new ArrayList<>();
    try {
      for (int i = 1; i < COUNTS.get(COUNTS.size() - 1); i++) {
        workers.add(WorkerProcess.start(options.threads()));
      }
      Noise data = new Noise(options.batch(), options.side());
      Choices choices = choices(data, options);
      Placement alone = choices.placement();
      List<Contender> contenders = new ArrayList<>();
      contenders.add(new Contender("1 device", alone, List.of()));
      for (int count : COUNTS) {
        String words =
            IntStream.range(0, count).mapToObj(i -> "cpu:" + i).collect(Collectors.joining(","));
        Placement shared = choices.sharedBy(words, Origin.COMMAND_LINE).placement();
        contenders.add(new Contender(count + " devices", shared, List.of()));
      }
      for (int count : COUNTS) {
        List<WorkerProcess> others = workers.subList(0, count - 1);
        Placement shared =
            alone.with(others.stream().map(WorkerProcess::address).toList(), 0, SECONDS);
        contenders.add(new Contender(count + " processes", shared, others));
      }
      RunSetup setup = new RunSetup(choices, data, folder);
      Map<MeteredLane, Contender> metered = new LinkedHashMap<>();
      for (Contender contender : contenders) {
        Trainer.Conditions conditions =
            new Trainer.Conditions(
                data, setup.seed(), Precision.FLOAT32, contender.placement(), folder);
        EngineLane lane = new EngineLane(contender.name(), new Simclr(), setup, conditions);
        lanes.add(lane);
        metered.put(
            new MeteredLane(
                lane,
                options.warmup(),
                contender.workers().stream().map(w -> w.process().toHandle()).toList()),
            contender);
      }
      Rounds rounds = Rounds.run(List.copyOf(metered.keySet()), options);
      metered.keySet().forEach(lane -> table.times(rounds, lane.name()));
      metered.keySet().stream()
          .skip(1)
          .forEach(lane -> table.ratio(rounds, lane.name(), "1 device"));
      int cores = Runtime.getRuntime().availableProcessors();
      metered.forEach(
          (lane, contender) ->
              table.note(
                  "%-12s %8.2f MB a step over the loopback; all processes take %.0f ms of the"
                      + " processors, which wait for %.0f %% of the step; loss %.5f",
                  lane.name(),
                  lane.bytes() / 1e6,
                  lane.cpu(),
                  100 * lane.waiting(Math.min(cores, contender.processes() * options.threads())),
                  rounds.losses().get(lane.name()).get(0)));
    } finally {
      lanes.forEach(EngineLane::close);
      workers.forEach(WorkerProcess::close);
    }
    table.end(options);
  }

  /**
   * One way to share the steps.
   *
   * @param name in tables
   * @param placement where they run
   * @param workers other processes
   */
  private record Contender(String name, Placement placement, List<WorkerProcess> workers) {
    /** Devices of one process share its threads. */
    int processes() {
      return 1 + workers.size();
    }
  }

  private static Choices choices(Noise data, Options options) {
    Encoder encoder =
        switch (options.network()) {
          case RESNET18 -> new ResNet18();
          case VIT -> new VitTiny();
          case VNET ->
              throw new IllegalArgumentException("device-steps: --network resnet18 or vit");
        };
    Map<String, String> given = new LinkedHashMap<>();
    given.put("encoder", encoder.id());
    given.putAll(
        encoder instanceof ResNet18
            ? Map.of("encoder.stem", "cifar")
            : Map.of("encoder.patch", "4", "encoder.drop-path", "0"));
    given.put("augmentation", new SimclrCifarViews().id());
    given.put("loss", new NtXent().id());
    given.put("batch", Integer.toString(options.batch()));
    given.put("epochs", Integer.toString(options.total()));
    given.put("threads", Integer.toString(options.threads()));
    given.put("device", "cpu");
    given.put("precision", "float32");
    SimclrSetup.optimisation().forEach(given::put);
    Catalogue catalogue =
        Catalogue.of(
            List.of(
                new Simclr(), encoder, new SimclrCifarViews(), new NtXent(), new Provider(data)));
    return new Resolver(catalogue)
        .resolve(
            new Request(
                new Simclr().id(),
                data.id(),
                Optional.empty(),
                List.of(),
                Overrides.of(Origin.COMMAND_LINE, given)),
            DataSummary.of(data));
  }

  /** Gives data that are there. */
  private record Provider(Dataset data) implements DatasetProvider {
    @Override
    public String id() {
      return data.id();
    }

    @Override
    public String summary() {
      return "images that are all noise";
    }

    @Override
    public DataKind kind() {
      return data.kind();
    }

    @Override
    public Dataset open(Request request) {
      return data;
    }
  }
}
