package juxta.launcher.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Model;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class ModelEmbedderTest {
  private record Named(Set<String> functions) implements Model {
    @Override
    public List<Field> inputs(String function) {
      return List.of();
    }

    @Override
    public Map<String, Operand<TFloat32>> apply(String name, GraphScope scope, Batch batch) {
      return Map.of();
    }
  }

  @Test
  void aModelMustEmbedImages() {
    assertThatThrownBy(() -> ModelEmbedder.check(new Named(Set.of("segment"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no function 'embed', only segment")
        .satisfies(e -> assertThat(((UserException) e).problems()).hasSize(1));
    ModelEmbedder.check(new Named(Set.of("embed")));
  }
}
