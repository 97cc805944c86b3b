package juxta.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** DJL in a process of its own that does one step whenever a line says so. */
final class ChildLane implements Lane {
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream requests;
  private final long parameters;

  ChildLane(PeerTask task, Options options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dai.djl.offline=true");
    command.add("-Dai.djl.pytorch.num_threads=" + options.threads());
    command.add("-Dai.djl.pytorch.num_interop_threads=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(DjlPeer.class.getName());
    command.add(task.word());
    command.add(Integer.toString(options.batch()));
    command.add(Integer.toString(options.side()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("OPT_OUT_TRACKING", "true");
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(options.threads()));
    process = builder.start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    parameters = Long.parseLong(answer("ready").get(0));
  }

  /** The words that follow this one on the child's next line of that kind. */
  private List<String> answer(String kind) {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        List<String> words = List.of(line.split(" "));
        if (words.get(0).equals(kind)) {
          return words.subList(1, words.size());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("DJL's process ended; its messages are above");
  }

  /** Number of trained values of the encoder. */
  long parameters() {
    return parameters;
  }

  @Override
  public String name() {
    return "djl";
  }

  @Override
  public Sample step() {
    requests.println("step");
    List<String> words = answer("done");
    return new Sample(
        Double.parseDouble(words.get(0)),
        Double.parseDouble(words.get(1)),
        Double.parseDouble(words.get(2)));
  }

  @Override
  public void close() {
    requests.close(); // the end of its input ends the child
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
