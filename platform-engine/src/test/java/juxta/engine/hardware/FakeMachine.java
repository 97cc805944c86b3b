package juxta.engine.hardware;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** A machine put together from files, variables and tools that print what they are told to. */
final class FakeMachine {
  static final String AVX2 = "fpu sse2 sse4_2 avx fma avx2";
  static final String VNNI = AVX2 + " avx512f avx512_vnni";
  static final String AMX = VNNI + " avx512_bf16 amx_tile amx_int8 amx_bf16";
  static final String H100 = "GPU-1a2b, NVIDIA H100 80GB HBM3, 9.0, 550.54.15, 81559\n";
  static final String T4 = "GPU-3c4d, Tesla T4, 7.5, 550.54.15, 15360\n";

  private final Path root;
  private final Map<String, String> environment = new HashMap<>();

  private FakeMachine(Path root) {
    this.root = root;
    environment.put("PATH", root.resolve("tools").toString());
  }

  /** Two cores of a processor with some instructions, and 8 GB. */
  static FakeMachine of(Path root, String flags) {
    String core = "model name\t: Some CPU @ 2.00GHz\nflags\t\t: " + flags + "\n\n";
    return new FakeMachine(root)
        .file("/proc/cpuinfo", "processor\t: 0\n" + core + "processor\t: 1\n" + core)
        .file("/proc/meminfo", "MemTotal:        8000000 kB\nMemFree: 1 kB\n")
        .file("/proc/self/maps", "7f00-7f01 r-xp 00000000 08:01 1 /lib/libc.so.6\n")
        .file("/proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-1\n");
  }

  FakeMachine file(String absolute, String content) {
    write(root.resolve(absolute.substring(1)), content);
    return this;
  }

  FakeMachine variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  FakeMachine tool(String name, String prints) {
    write(root.resolve("tools/" + name + ".txt"), prints);
    return script(name, "cat \"$0.txt\"");
  }

  /** A tool that fails. */
  FakeMachine broken(String name) {
    return script(name, "echo broken; exit 9");
  }

  private FakeMachine script(String name, String commands) {
    Path tool = root.resolve("tools/" + name);
    write(tool, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + commands + "\n");
    try {
      Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The driver with its cards, and all that TensorFlow opens. */
  FakeMachine cards(String lines) {
    tool("nvidia-smi", lines);
    Library.CUDA.values().forEach(this::library);
    return library(Library.DRIVER);
  }

  FakeMachine library(String name) {
    return file("/usr/lib64/" + name, "");
  }

  FakeMachine without(String library) {
    try {
      Files.delete(root.resolve("usr/lib64/" + library));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Host host() {
    return new Host(root, environment);
  }

  private static void write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
