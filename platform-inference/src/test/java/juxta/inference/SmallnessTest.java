package juxta.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A program that embeds takes along neither TensorFlow nor the rest of Juxta. */
class SmallnessTest {
  @Test
  void noTensorFlowOnAnyPath() {
    assertThatThrownBy(() -> Class.forName("org.tensorflow.Graph"))
        .isInstanceOf(ClassNotFoundException.class);
    Set<String> jars =
        Stream.of(
                System.getProperty("java.class.path", "")
                    + File.pathSeparator
                    + System.getProperty("jdk.module.path", ""))
            .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
            .filter(entry -> !entry.isEmpty())
            .collect(Collectors.toSet());
    assertThat(jars).anyMatch(jar -> jar.contains("onnxruntime"));
    assertThat(jars).noneMatch(jar -> jar.contains("tensorflow") || jar.contains("javacpp"));
  }

  /** ONNX Runtime 1.29 for Linux reads the machine's id and has an address to report to. */
  @Test
  void itsRuntimeReportsToNobody() throws IOException {
    Module runtime = OrtEnvironment.class.getModule();
    try (InputStream library =
        runtime.getResourceAsStream("ai/onnxruntime/native/linux-x64/libonnxruntime.so")) {
      String all = new String(library.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(Stream.of("events.data.microsoft.com", "/etc/machine-id").filter(all::contains))
          .isEmpty();
    }
  }

  @Test
  void modulesOfTheModule() {
    Module module = Embedder.class.getModule();
    assertThat(module.getName()).isEqualTo("juxta.inference");
    assertThat(
            module.getDescriptor().requires().stream()
                .map(required -> required.name())
                .filter(name -> !name.startsWith("java.")))
        .containsExactlyInAnyOrder(
            "juxta.picture",
            "juxta.text",
            "com.fasterxml.jackson.core",
            "com.microsoft.onnxruntime");
  }
}
