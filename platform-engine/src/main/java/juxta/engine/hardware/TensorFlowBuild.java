package juxta.engine.hardware;

import java.net.URL;
import java.util.Locale;
import java.util.Optional;

/** Which of TensorFlow's native libraries this installation brings. */
enum TensorFlowBuild {
  /** For processors. */
  CPU,
  /** For NVIDIA's cards and processors. */
  GPU,
  /** None for this system. */
  NONE;

  private static final String FOLDER = "org/tensorflow/internal/c_api/";

  /** The library among the jars of this process; nothing is loaded. */
  static TensorFlowBuild find() {
    if (resource("-gpu").isPresent()) {
      return GPU;
    }
    return resource("").isPresent() ? CPU : NONE;
  }

  private static Optional<URL> resource(String kind) {
    String folder = FOLDER + platform() + kind + "/";
    ClassLoader loader = TensorFlowBuild.class.getClassLoader();
    for (String name :
        new String[] {"libjnitensorflow.so", "libjnitensorflow.dylib", "jnitensorflow.dll"}) {
      URL found = loader.getResource(folder + name);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** The platform as TensorFlow Java names it. */
  static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    String os =
        system.startsWith("mac") ? "macosx" : system.startsWith("win") ? "windows" : "linux";
    return os + (machine.equals("aarch64") ? "-arm64" : "-x86_64");
  }
}
