package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.Score;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.engine.train.Evaluations;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.Interruption;
import juxta.engine.train.Monitor;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineProbeTest {
  /** However long it takes: looks are never left out. */
  private static final Map<String, String> PROBED =
      Map.of("probe", "looking", "probe-every", "2", "probe-share", "1");

  @TempDir private Path folder;

  /** Notes what it is told. */
  private static final class Heard implements Monitor {
    private final List<String> warnings = new ArrayList<>();
    private final List<String> looks = new ArrayList<>();

    @Override
    public void phase(String phase, long steps, long done, long records) {}

    @Override
    public void step(String phase, long step, double epoch, Map<String, Double> scalars) {}

    @Override
    public void progress(long done, long total, String unit) {}

    @Override
    public void probed(String phase, long step, double epoch, Map<String, List<Score>> scores) {
      looks.add(phase + " " + step + " " + epoch + " " + scores.keySet());
    }

    @Override
    public void warn(String message) {
      warnings.add(message);
    }

    @Override
    public void end() {}
  }

  private static FrozenModel train(
      Path run, boolean resume, Map<String, String> given, Monitor monitor, BooleanSupplier stop) {
    return new TrainingRun(Lines.CATALOGUE, monitor, stop)
        .train(Lines.labelled(run, resume, given));
  }

  private FrozenModel train(String run, Map<String, String> given, Monitor monitor) {
    return train(folder.resolve(run), false, given, monitor, () -> false);
  }

  private Map<String, ParameterStore.Entry> weights(String run) {
    return new Checkpoints(folder.resolve(run).resolve("checkpoints"))
        .latest()
        .orElseThrow()
        .store()
        .entries();
  }

  private List<String> metrics(String run) throws IOException {
    return Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl"));
  }

  @Test
  void aRunThatIsLookedAtEndsWithTheSameBits() throws IOException {
    Heard heard = new Heard();
    train("plain", Map.of(), Monitor.SILENT);
    FrozenModel model = train("probed", PROBED, heard);
    assertThat(weights("probed")).isEqualTo(weights("plain"));
    assertThat(heard.warnings).isEmpty();
    assertThat(heard.looks)
        .containsExactly(
            "first 1 0.1 [looking]",
            "first 3 0.2 [looking]",
            "first 5 0.3 [looking]",
            "second 1 0.1 [looking]",
            "second 3 0.2 [looking]",
            "second 5 0.3 [looking]");
    List<String> looks = new ArrayList<>(metrics("probed"));
    looks.removeIf(line -> !line.contains("probe-"));
    assertThat(looks)
        .hasSize(6)
        .allMatch(line -> line.contains("\"probe-looking-sum\"") && !line.contains("detail"));
    List<String> steps = new ArrayList<>(metrics("probed"));
    steps.removeIf(line -> line.contains("probe-"));
    assertThat(steps).isEqualTo(metrics("plain"));
    assertThat(Files.readString(folder.resolve("probed/run.json")))
        .containsPattern("\"looks\" : 6");
    // the last look saw the last weights, and training records only
    double seen = MetricsLine.parse(looks.get(5)).map(OnlineProbeTest::sum).orElseThrow();
    assertThat(seen).isCloseTo(sum(model, PROBED), within(1e-6 * Math.abs(seen)));
  }

  private static double sum(MetricsLine line) {
    return ((Number) line.scalars().get("probe-looking-sum")).doubleValue();
  }

  /** What the evaluator says of a finished model and the same records. */
  private double sum(FrozenModel model, Map<String, String> given) {
    Choices choices = Lines.choices("line", given);
    ProbeData data = ProbeData.of(Lines.forty(), true, choices.seed());
    Evaluations evaluations =
        new Evaluations(
            model,
            new RunSetup(choices, data, folder),
            folder,
            Placement.automatic(1),
            Monitor.SILENT,
            () -> false);
    return Probes.of(Lines.CATALOGUE, choices)
        .get(0)
        .evaluator()
        .component()
        .evaluate(evaluations.with(Settings.of(Map.of("steps", "3"))))
        .get(0)
        .value();
  }

  @Test
  void aRunThatIsStoppedLogsEachLookOnce() throws IOException {
    train("whole", PROBED, Monitor.SILENT);
    AtomicInteger asked = new AtomicInteger();
    boolean going = true;
    for (int stops = 0; going; stops++) {
      try {
        // after a step with a look, after the task, and after a step without one
        BooleanSupplier stop = () -> asked.incrementAndGet() % 5 == 4;
        train(folder.resolve("stopped"), stops > 0, PROBED, Monitor.SILENT, stop);
        going = false;
      } catch (Interruption stop) {
        assertThat(stop).hasMessageContaining("--resume");
      }
    }
    assertThat(asked.get()).isGreaterThan(10);
    assertThat(weights("stopped")).isEqualTo(weights("whole"));
    assertThat(metrics("stopped")).isEqualTo(metrics("whole"));
  }

  /** Also for a run that was begun without. */
  @Test
  void looksAreNoPartOfWhatARunIs() {
    train("plain", Map.of(), Monitor.SILENT);
    Path run = folder.resolve("later");
    assertThatThrownBy(() -> train(run, false, Map.of(), Monitor.SILENT, () -> true))
        .isInstanceOf(Interruption.class);
    train(run, true, PROBED, Monitor.SILENT, () -> false);
    assertThat(weights("later")).isEqualTo(weights("plain"));
  }

  @Test
  void anEvaluatorThatFailsEndsItsLooksAndNotTheTraining() {
    Heard heard = new Heard();
    Map<String, String> given = new TreeMap<>(PROBED);
    given.put("probe", "stumbling,looking");
    given.remove("probe-every"); // an epoch's twenty, of six: after the last one
    train("run", given, heard);
    assertThat(heard.looks).containsExactly("first 5 0.3 [looking]", "second 5 0.3 [looking]");
    assertThat(heard.warnings)
        .containsExactly(
            "--probe stumbling is left out from here on; it cannot score: nothing to hold on to");
  }

  @Test
  void whereThereIsNoTimeForALookOneLineSaysSo() {
    Heard heard = new Heard();
    Map<String, String> given = new TreeMap<>(PROBED);
    given.put("probe-share", "0.000001");
    train("run", given, heard);
    assertThat(heard.looks).isEmpty();
    assertThat(heard.warnings).singleElement().asString().startsWith("--probe never looked: ");
  }

  @Test
  void whatCannotBeLookedAtIsSaidBeforeAnythingIsTrained() {
    TrainingRun training = new TrainingRun(Lines.CATALOGUE, Monitor.SILENT, () -> false);
    Path run = folder.resolve("run");
    assertThatThrownBy(() -> training.train(Lines.job(run, false, PROBED)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "probe: 'looking' needs the field 'label', which data set 'four' lacks; leave it out");
    assertThat(run.resolve(RunRecord.NAME)).doesNotExist();
    assertThatThrownBy(() -> Lines.choices("line", Map.of("probe", "slow")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "probe: 'slow' takes too long to look at a model in training; those that can: looking,"
                + " stumbling");
    assertThatThrownBy(() -> Lines.choices("line", Map.of("probe", "lookin")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("did you mean 'looking'?");
    assertThatThrownBy(() -> Lines.choices("line", Map.of("probe-every", "5")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "probe-every: nothing looks at the model; pass --probe too, as --probe knn, or leave it"
                + " out");
  }

  @Test
  void looksSeeLabelledTrainingRecordsInTwoPartsThatShareNone() {
    ProbeData data = ProbeData.of(Lines.forty(), true, 3);
    assertThat(data.splits()).containsOnlyKeys(Dataset.TRAIN, Dataset.TEST);
    assertThat(data.split(Dataset.TEST).size()).isEqualTo(10); // of thirty that have a label
    assertThat(data.train().size()).isEqualTo(20);
    Set<Integer> seen = new HashSet<>();
    for (Split split : data.splits().values()) {
      for (int i = 0; i < split.size(); i++) {
        assertThat(split.value(Field.LABEL, i).number()).isBetween(0, 1);
        assertThat(seen.add((int) split.value(Field.IMAGE, i).data().get(0))).isTrue();
      }
    }
    assertThat(pixels(ProbeData.of(Lines.forty(), true, 3))).isEqualTo(pixels(data));
    assertThat(pixels(ProbeData.of(Lines.forty(), true, 4))).isNotEqualTo(pixels(data));
    assertThat(ProbeData.of(Lines.forty(), false, 3).records()).isEqualTo(40);
  }

  private static List<Integer> pixels(ProbeData data) {
    List<Integer> pixels = new ArrayList<>();
    for (int i = 0; i < data.train().size(); i++) {
      pixels.add((int) data.train().value(Field.IMAGE, i).data().get(0));
    }
    return pixels;
  }
}
