package juxta.engine.hardware;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A shared library that a process would open by its name.
 *
 * @param name such as {@code libcudnn.so.9}
 * @param path where it lies, empty if it would not be found
 */
record Library(String name, Optional<Path> path) {
  /** NVIDIA's driver brings it. */
  static final String DRIVER = "libcuda.so.1";

  /** What TensorFlow's GPU build opens, by what it is for. */
  static final Map<String, String> CUDA = cuda();

  private static final List<String> FOLDERS =
      List.of("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64");

  private static Map<String, String> cuda() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("CUDA runtime", "libcudart.so.12");
    names.put("cuBLAS", "libcublas.so.12");
    names.put("cuBLASLt", "libcublasLt.so.12");
    names.put("cuFFT", "libcufft.so.11");
    names.put("cuSOLVER", "libcusolver.so.11");
    names.put("cuSPARSE", "libcusparse.so.12");
    names.put("nvJitLink", "libnvJitLink.so.12");
    names.put("cuDNN", "libcudnn.so.9");
    return names;
  }

  /** Looks where the system's loader does: the variable first, its cache, then its folders. */
  static Library find(Host host, String name) {
    Stream<Path> named =
        Arrays.stream(host.variable("LD_LIBRARY_PATH").orElse("").split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, name));
    Stream<Path> usual = FOLDERS.stream().map(folder -> host.path(folder).resolve(name));
    return new Library(
        name,
        named
            .filter(Files::exists)
            .findFirst()
            .or(() -> cached(host, name))
            .or(() -> usual.filter(Files::exists).findFirst()));
  }

  /** Lines of the cache are {@code name (kind) => path}. */
  private static Optional<Path> cached(Host host, String name) {
    return host.run("ldconfig", "-p")
        .or(() -> host.run("/sbin/ldconfig", "-p"))
        .flatMap(
            text ->
                text.lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith(name + " ") && line.contains("=> "))
                    .map(line -> Path.of(line.substring(line.indexOf("=> ") + 3)))
                    .findFirst());
  }

  /** What its file's own name says, such as {@code 12.6.77}; of a bare name, {@code 12}. */
  String version() {
    String file = name;
    try {
      file = path.isPresent() ? path.get().toRealPath().getFileName().toString() : name;
    } catch (IOException e) {
      file = name; // named by the loader's cache, gone since
    }
    int so = file.indexOf(".so.");
    return so < 0 ? "" : file.substring(so + ".so.".length());
  }
}
