package juxta.engine.hardware;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The graphics cards that NVIDIA's driver shows to a process.
 *
 * @param cards in the order in which the process numbers them
 * @param driver the driver's version, empty where there is none
 */
record Cards(List<Card> cards, Optional<String> driver) {
  private static final String FIELDS = "uuid,name,compute_cap,driver_version,memory.total";
  private static final int COLUMNS = FIELDS.split(",").length;
  private static final long MEBI = 1 << 20;

  /** What one line of nvidia-smi says. */
  private record Line(String uuid, String name, String capability, String driver, String memory) {}

  static Cards of(Host host) {
    List<Line> lines =
        host.run("nvidia-smi", "--query-gpu=" + FIELDS, "--format=csv,noheader,nounits")
            .map(Cards::lines)
            .orElseGet(() -> fromDriver(host));
    List<Card> cards = new ArrayList<>();
    for (Line line : visible(host, lines)) {
      cards.add(
          new Card(
              cards.size(), line.name(), capability(line.capability()), memory(line.memory())));
    }
    return new Cards(cards, lines.stream().map(Line::driver).findFirst().or(() -> driver(host)));
  }

  private static List<Line> lines(String csv) {
    return csv.lines()
        .map(line -> line.split(" *, *", -1))
        .filter(parts -> parts.length == COLUMNS)
        .map(p -> new Line(p[0].strip(), p[1], p[2], p[3], p[4].strip()))
        .toList();
  }

  /** Without its tool the driver still says names. */
  private static List<Line> fromDriver(Host host) {
    List<Line> lines = new ArrayList<>();
    for (Path card : host.list("/proc/driver/nvidia/gpus")) {
      String text =
          host.read("/proc/driver/nvidia/gpus/" + card.getFileName() + "/information").orElse("");
      lines.add(
          new Line(
              field(text, "GPU UUID").orElse(""),
              field(text, "Model").orElse("NVIDIA card"),
              "",
              driver(host).orElse(""),
              ""));
    }
    return lines;
  }

  private static Optional<String> field(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  /** Such as {@code NVRM version: NVIDIA UNIX x86_64 Kernel Module 550.54.15 Tue …}. */
  private static Optional<String> driver(Host host) {
    return host.read("/proc/driver/nvidia/version")
        .flatMap(
            text ->
                Arrays.stream(text.split("\\s+"))
                    .filter(word -> word.matches("[0-9]{3,}(\\.[0-9]+)+"))
                    .findFirst());
  }

  /** A process sees those that the variable names, in its order, up to the first unknown one. */
  private static List<Line> visible(Host host, List<Line> lines) {
    String wanted = host.environment().get("CUDA_VISIBLE_DEVICES");
    if (wanted == null) {
      return lines;
    }
    List<Line> seen = new ArrayList<>();
    for (String one : wanted.split(",")) {
      String word = one.strip();
      Optional<Line> line =
          word.matches("[0-9]{1,4}")
              ? lines.stream().skip(Integer.parseInt(word)).findFirst()
              : lines.stream()
                  .filter(l -> !word.isEmpty() && l.uuid().startsWith(word))
                  .findFirst();
      if (line.isEmpty()) {
        break;
      }
      seen.add(line.get());
    }
    return seen;
  }

  private static OptionalDouble capability(String text) {
    return text.matches("[0-9]+\\.[0-9]+")
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  private static long memory(String mebibytes) {
    return mebibytes.matches("[0-9]{1,9}") ? Long.parseLong(mebibytes) * MEBI : 0;
  }
}
