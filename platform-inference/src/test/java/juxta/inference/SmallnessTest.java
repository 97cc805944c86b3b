package juxta.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
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
