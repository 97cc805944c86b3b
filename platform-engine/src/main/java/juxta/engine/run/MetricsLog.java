package juxta.engine.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** The file {@code metrics.jsonl}: one line a logged step. */
final class MetricsLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final BufferedWriter out;

  MetricsLog(Path file) {
    this.file = file;
    try {
      out =
          Files.newBufferedWriter(
              file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new juxta.api.UserException(
          "cannot write " + file + " (" + Folders.reason(e) + "); choose another --out", e);
    }
  }

  /** Drops what was logged after a state: a resumed run logs it again. */
  static void rewind(Path file, List<String> phases, juxta.engine.train.PhaseState state)
      throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    StringBuilder kept = new StringBuilder();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      try {
        var node = JSON.readTree(line);
        int phase = phases.indexOf(node.path("phase").asText());
        if (phase < state.phase()
            || (phase == state.phase() && node.path("step").asLong() < state.step())) {
          kept.append(line).append('\n');
        }
      } catch (IOException e) {
        break; // the line that was being written when the run was killed
      }
    }
    Folders.write(file, kept.toString());
  }

  void write(String phase, long step, double epoch, Map<String, Double> scalars) {
    ObjectNode node = JSON.createObjectNode();
    node.put("phase", phase);
    node.put("step", step);
    node.put("epoch", epoch);
    scalars.forEach(node::put);
    try {
      out.write(node + "\n");
      out.flush();
    } catch (IOException e) {
      throw new juxta.api.UserException(
          "cannot write " + file + " (" + Folders.reason(e) + "); make room, then pass --resume",
          e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
