package juxta.engine.hardware;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a try of TensorFlow showed.
 *
 * @param version TensorFlow's version, empty if it cannot be loaded
 * @param failure why the try ended early, empty if it did not
 * @param cards how many cards TensorFlow opens
 * @param convolution what of oneDNN computes a convolution in float32, empty if oneDNN does not
 * @param bf16 the same in bf16
 */
record Probed(
    Optional<String> version,
    Optional<String> failure,
    int cards,
    Optional<String> convolution,
    Optional<String> bf16) {
  private static final long PATIENCE_SECONDS = 180;

  /** Tries it in a process with this one's modules and variables. */
  static Probed attempt() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(List.of("--module-path", System.getProperty("jdk.module.path", "")));
    String classPath = System.getProperty("java.class.path", "");
    if (!classPath.isEmpty()) {
      command.addAll(List.of("--class-path", classPath));
    }
    command.addAll(List.of("--add-modules", "ALL-MODULE-PATH"));
    command.addAll(
        List.of("--module", Probe.class.getModule().getName() + "/" + Probe.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.putAll(Map.of("ONEDNN_VERBOSE", "1", "DNNL_VERBOSE", "1"));
    try {
      Path out = Files.createTempFile("juxta", ".out");
      try {
        Process process = builder.redirectOutput(out.toFile()).start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(out, StandardCharsets.ISO_8859_1);
        return of(text, ended ? "it ended with status " + process.exitValue() : "it hangs");
      } finally {
        Files.deleteIfExists(out);
      }
    } catch (IOException e) {
      return of("", "it cannot be started (" + e.getMessage() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return of("", "it was interrupted");
    }
  }

  /** Reads what the process printed. */
  static Probed of(String text, String ending) {
    Map<String, String> kernels = new LinkedHashMap<>();
    Optional<String> version = Optional.empty();
    Optional<String> failure = Optional.of(ending);
    int cards = 0;
    String part = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith(Probe.VERSION)) {
        version = Optional.of(line.substring(Probe.VERSION.length()));
      } else if (line.startsWith(Probe.DEVICE + "GPU")) {
        cards++;
      } else if (line.startsWith(Probe.BEGIN)) {
        part = line.substring(Probe.BEGIN.length());
      } else if (line.startsWith(Probe.FAILED)) {
        failure = Optional.of(line.substring(Probe.FAILED.length()));
      } else if (line.startsWith(Probe.DONE)) {
        failure = Optional.empty();
      } else if (line.startsWith("onednn_verbose") && line.contains(",convolution,")) {
        kernels.putIfAbsent(part, kernel(line));
      }
    }
    return new Probed(
        version,
        failure,
        cards,
        Optional.ofNullable(kernels.get("float32")),
        Optional.ofNullable(kernels.get("bf16")));
  }

  /** The word after the kind of primitive, such as {@code brg_conv_fwd:avx512_core_amx}. */
  private static String kernel(String line) {
    String after = line.substring(line.indexOf(",convolution,") + ",convolution,".length());
    return after.substring(0, Math.max(0, after.indexOf(',')));
  }
}
