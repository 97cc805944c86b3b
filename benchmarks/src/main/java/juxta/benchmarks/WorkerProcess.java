package juxta.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import juxta.engine.cluster.Address;
import juxta.engine.cluster.Lending;
import juxta.engine.hardware.Devices;
import juxta.engine.hardware.Team;
import juxta.engine.train.Placement;
import juxta.engine.train.Precision;

/**
 * A process that works for others, as {@code juxta worker} does.
 *
 * @param process the process
 * @param address where it is reached
 */
record WorkerProcess(Process process, Address address) implements AutoCloseable {
  /**
   * Starts one on this machine.
   *
   * @param threads threads of one operation
   * @return what lends
   */
  static WorkerProcess start(int threads) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            WorkerProcess.class.getName(),
            Integer.toString(threads));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
    String line = answers.readLine();
    if (line == null) {
      throw new IllegalStateException("a worker ended; its messages are above");
    }
    return new WorkerProcess(process, Address.of(line));
  }

  /**
   * Lends until its input ends.
   *
   * @param args threads of one operation
   * @throws IOException never
   */
  public static void main(String[] args) throws IOException {
    Placement placement = Placement.of(Team.of("cpu:0", Devices.here()), Integer.parseInt(args[0]));
    System.out.println(Lending.start("127.0.0.1", 0, placement.here(Precision.FLOAT32)).address());
    while (System.in.read() >= 0) {
      // whoever started it is there
    }
    System.exit(0);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
