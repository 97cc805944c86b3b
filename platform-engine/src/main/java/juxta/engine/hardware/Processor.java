package juxta.engine.hardware;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A processor and what it can do.
 *
 * @param model its name; where the system does not say, the architecture
 * @param flags its instructions as Linux calls them, empty where the system does not say
 */
public record Processor(String model, Set<String> flags) {
  /** Instructions that matter here, by Linux's name, from the oldest to the newest. */
  private static final Map<String, String> NAMES = names();

  /** With one of these TensorFlow turns oneDNN on by itself; it tells AVX-512 VNNI apart. */
  private static final Set<String> NEURAL =
      Set.of("avx512_vnni", "avx512_bf16", "avx_vnni", "amx_tile", "amx_int8", "amx_bf16");

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("sse4_2", "SSE4.2");
    names.put("avx", "AVX");
    names.put("fma", "FMA");
    names.put("avx2", "AVX2");
    names.put("avx_vnni", "AVX-VNNI");
    names.put("avx512f", "AVX-512");
    names.put("avx512_vnni", "AVX-512 VNNI");
    names.put("avx512_bf16", "AVX-512 BF16");
    names.put("avx512_fp16", "AVX-512 FP16");
    names.put("amx_tile", "AMX");
    names.put("amx_int8", "AMX INT8");
    names.put("amx_bf16", "AMX BF16");
    names.put("asimd", "NEON");
    names.put("sve", "SVE");
    names.put("bf16", "BF16");
    return names;
  }

  /** The processor of a machine. */
  static Processor of(Host host) {
    String text = host.read("/proc/cpuinfo").orElse("");
    Set<String> flags = new LinkedHashSet<>();
    field(text, "flags")
        .or(() -> field(text, "Features"))
        .ifPresent(all -> flags.addAll(Arrays.asList(all.split("\\s+"))));
    return new Processor(field(text, "model name").orElse(System.getProperty("os.arch")), flags);
  }

  private static Optional<String> field(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name) && line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  private boolean has(String flag) {
    return flags.contains(flag);
  }

  /**
   * The widest arithmetic that matters.
   *
   * @return such as {@code AVX2}; where nothing is known, the architecture
   */
  public String best() {
    if (has("amx_bf16") || has("amx_int8")) {
      return "AMX";
    }
    for (String flag : List.of("avx512f", "avx2", "avx", "sse4_2", "sve", "asimd")) {
      if (has(flag)) {
        return NAMES.get(flag);
      }
    }
    return System.getProperty("os.arch");
  }

  /** What it can do, by the names that people use. */
  List<String> instructions() {
    return NAMES.entrySet().stream().filter(e -> has(e.getKey())).map(Map.Entry::getValue).toList();
  }

  /** Whether it is one of Intel's or AMD's that TensorFlow's builds run on. */
  boolean isX86() {
    return has("sse4_2") || has("sse2");
  }

  /** Whether TensorFlow's builds can run on it at all: they are compiled for AVX. */
  boolean runsTensorFlow() {
    return !isX86() || has("avx");
  }

  /**
   * Whether TensorFlow computes by oneDNN, decided as TensorFlow does it.
   *
   * @param variable the variable {@code TF_ENABLE_ONEDNN_OPTS}
   */
  boolean usesOneDnn(Optional<String> variable) {
    if (!isX86()) {
      return false; // on ARM the library is built without it, or is slower with it
    }
    return switch (variable.map(v -> v.toLowerCase(Locale.ROOT)).orElse("")) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> flags.stream().anyMatch(NEURAL::contains);
    };
  }

  /** Whether it multiplies bf16 in hardware: steps on images are 1.2 to 2 times as fast then. */
  boolean multipliesBf16() {
    return has("amx_bf16") || has("avx512_bf16");
  }

  /** The instructions that products in bf16 need and that it lacks; empty if it has them. */
  Optional<String> lacksForBf16() {
    boolean can = has("avx512_bf16") || has("amx_bf16") || has("bf16");
    return can ? Optional.empty() : Optional.of("avx512_bf16 and amx_bf16");
  }
}
