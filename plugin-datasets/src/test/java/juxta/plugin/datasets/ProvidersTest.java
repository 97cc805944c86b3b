package juxta.plugin.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import juxta.api.DatasetProvider;
import juxta.plugin.datasets.generated.Shapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProvidersTest {
  static Stream<DatasetProvider> providers() {
    return Shapes.class.getModule().getDescriptor().provides().stream()
        .flatMap(provides -> provides.providers().stream())
        .map(ProvidersTest::create);
  }

  private static DatasetProvider create(String name) {
    try {
      return (DatasetProvider) Class.forName(name).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(name, e);
    }
  }

  @Test
  void theModuleProvidesThemAll() {
    assertThat(providers().map(DatasetProvider::id))
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                "shapes",
                "cifar10",
                "cifar100",
                "stl10",
                "tiny-imagenet",
                "image-folder",
                "mnist",
                "fashion-mnist",
                "medmnist",
                "volumes",
                "shapes3d",
                "image-text",
                "dental",
                "instances",
                "revisited",
                "images-with-masks"));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void eachIsDocumented(DatasetProvider provider) {
    assertThat(provider.id()).matches("[a-z][a-z0-9-]{0,63}");
    assertThat(provider.summary()).isNotBlank().doesNotEndWith(".").doesNotContain("\n");
    assertThat(provider.settings())
        .allSatisfy(
            setting -> {
              assertThat(setting.description()).isNotBlank();
              assertThat(setting.source()).isNotBlank();
            });
  }
}
