package juxta.engine.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import juxta.engine.hardware.Device;
import org.tensorflow.TensorFlow;

/** What a run ran on. */
final class Environment {
  private Environment() {}

  static void describe(ObjectNode node, Device device) {
    node.put("juxta", version());
    node.put("tensorflow", TensorFlow.version());
    node.put("java", Runtime.version().toString());
    node.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    node.put("processor", processor());
    node.put("cores", Runtime.getRuntime().availableProcessors());
    node.put("device", device.description());
  }

  static String version() {
    return Optional.ofNullable(Environment.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("development"); // on the class path, too
  }

  private static String processor() {
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
