package juxta.engine.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.toolkit.io.RegularFile;

/** The file {@code metrics.jsonl}: one line a logged step. */
final class MetricsLog implements AutoCloseable {
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
    for (String line : Files.readAllLines(RegularFile.check(file), StandardCharsets.UTF_8)) {
      Optional<MetricsLine> one = MetricsLine.parse(line);
      if (one.isEmpty()) {
        break; // the line that was being written when the run was killed
      }
      int phase = phases.indexOf(one.get().phase());
      if (phase < state.phase() || (phase == state.phase() && one.get().step() < state.step())) {
        kept.append(line).append('\n');
      }
    }
    Folders.write(file, kept.toString());
  }

  void write(String phase, long step, double epoch, Map<String, Double> scalars) {
    try {
      out.write(new MetricsLine(phase, step, epoch, new LinkedHashMap<>(scalars)).text());
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
