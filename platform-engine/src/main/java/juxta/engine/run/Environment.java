package juxta.engine.run;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import juxta.engine.hardware.Device;
import org.tensorflow.TensorFlow;

/**
 * What a run runs on.
 *
 * @param juxta version of this program
 * @param tensorflow version of the engine
 * @param java version of Java
 * @param system name and version of the system
 * @param processor its name
 * @param cores how many of them Java has
 * @param device what trains
 */
record Environment(
    String juxta,
    String tensorflow,
    String java,
    String system,
    String processor,
    int cores,
    String device) {
  static Environment of(Device device) {
    return new Environment(
        version(),
        TensorFlow.version(),
        Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        device.description());
  }

  static String version() {
    return Optional.ofNullable(Environment.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("development"); // on the class path, too
  }

  private static String processorName() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
