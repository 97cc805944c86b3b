package juxta.toolkit.graph;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import juxta.toolkit.io.Csv;
import org.tensorflow.Result;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;

/**
 * How long each kind of operation takes in a step. Asked for by the system property {@code
 * juxta.profile}, the path of the table to write; of each session the fifth to the fourteenth run
 * of a step are timed. Timing slows a step a little, and the times of operations that TensorFlow
 * runs side by side add up to more than the step's.
 */
final class OperationProfile {
  private static final int SKIPPED = 4;
  private static final int TIMED = 10;
  private static final RunOptions TRACE =
      RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();

  /** What was seen of one kind of operation. */
  private record Row(long calls, long micros) {
    Row plus(Row other) {
      return new Row(calls + other.calls, micros + other.micros);
    }
  }

  private final Path file;
  private final Map<String, Row> rows = new TreeMap<>();
  private int runs;
  private long nanos;

  private OperationProfile(Path file) {
    this.file = file;
  }

  /** The profile that this process was asked for. */
  static Optional<OperationProfile> wanted() {
    return Optional.ofNullable(System.getProperty("juxta.profile"))
        .map(file -> new OperationProfile(Path.of(file)));
  }

  /** Runs a step, timed if it is one of those that count. */
  Result run(org.tensorflow.Session.Runner runner) {
    int run = runs++;
    if (run < SKIPPED || run >= SKIPPED + TIMED) {
      return runner.run();
    }
    long start = System.nanoTime();
    Result result = runner.setOptions(TRACE).runAndFetchMetadata();
    nanos += System.nanoTime() - start;
    result.getMetadata().ifPresent(this::add);
    if (runs == SKIPPED + TIMED) {
      write();
    }
    return result;
  }

  private void add(RunMetadata metadata) {
    metadata
        .getStepStats()
        .getDevStatsList()
        .forEach(device -> device.getNodeStatsList().forEach(this::add));
  }

  private void add(NodeExecStats node) {
    long micros = node.getOpEndRelMicros() - node.getOpStartRelMicros();
    rows.merge(operation(node), new Row(1, micros), Row::plus);
  }

  /** The label is {@code name = Operation(inputs)}. */
  private static String operation(NodeExecStats node) {
    String label = node.getTimelineLabel();
    int equals = label.indexOf(" = ");
    int bracket = label.indexOf('(', Math.max(0, equals));
    return equals < 0 || bracket < 0
        ? node.getNodeName()
        : label.substring(equals + " = ".length(), bracket);
  }

  private void write() {
    long all = rows.values().stream().mapToLong(Row::micros).sum();
    Csv table = new Csv("operation", "calls a step", "ms a step", "share");
    table.row("(the whole run)", 1, Csv.number(nanos / 1e6 / TIMED, 3), "");
    rows.entrySet().stream()
        .sorted(Comparator.comparingLong((Map.Entry<String, Row> e) -> -e.getValue().micros()))
        .forEach(
            e ->
                table.row(
                    e.getKey(),
                    Csv.number(e.getValue().calls() / (double) TIMED, 1),
                    Csv.number(e.getValue().micros() / 1e3 / TIMED, 3),
                    Csv.number(e.getValue().micros() / (double) Math.max(1, all), 4)));
    table.write(file);
  }
}
