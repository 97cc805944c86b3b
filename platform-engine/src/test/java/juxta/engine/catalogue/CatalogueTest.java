package juxta.engine.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import juxta.api.Comparison;
import juxta.api.Encoder;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.GraphScope;
import juxta.api.Loss;
import juxta.api.Score;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.engine.catalogue.Fakes.FakeLoss;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class CatalogueTest {
  /** Of two services. */
  private record Both(String id) implements Loss, Evaluator {
    @Override
    public String summary() {
      return "both";
    }

    @Override
    public Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings settings) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> functions() {
      return Set.of();
    }

    @Override
    public List<Score> evaluate(Evaluation evaluation) {
      throw new UnsupportedOperationException();
    }
  }

  private static FakeLoss loss(String id) {
    return new FakeLoss(id, List.of());
  }

  private static final Catalogue CATALOGUE =
      Catalogue.of(List.of(loss("loss10"), new Both("both"), loss("loss2")));

  @Test
  void componentsAreFoundByServiceAndIdInNaturalOrder() {
    assertThat(CATALOGUE.all(Loss.class).stream().map(Registered::id))
        .containsExactly("both", "loss2", "loss10");
    assertThat(CATALOGUE.all(Evaluator.class).stream().map(Registered::id)).containsExactly("both");
    assertThat(CATALOGUE.all(Encoder.class)).isEmpty();
    assertThat(CATALOGUE.find(Loss.class, "loss2").orElseThrow().component())
        .isEqualTo(loss("loss2"));
    assertThat(CATALOGUE.find(Evaluator.class, "loss2")).isEmpty();
  }

  @Test
  void thePluginIsTheModuleOfTheClass() {
    Plugin plugin = CATALOGUE.require(Loss.class, "both").plugin();
    assertThat(CATALOGUE.plugins()).containsExactly(plugin);
    assertThat(plugin.name())
        .isEqualTo(getClass().getModule().isNamed() ? "juxta.engine" : "class path");
    assertThat(plugin.components())
        .containsEntry("loss", List.of("both", "loss2", "loss10"))
        .containsEntry("evaluator", List.of("both"))
        .hasSize(2);
  }

  @Test
  void anAbsentIdIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> CATALOGUE.require(Loss.class, "loss3"))
        .isInstanceOf(UserException.class)
        .hasMessage("no loss 'loss3'; did you mean 'loss2'? known: both, loss2, loss10");
  }

  @Test
  void anIdIsTakenOnceInAService() {
    List<FakeLoss> twice = List.of(loss("a"), loss("a"));
    assertThatThrownBy(() -> Catalogue.of(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two components of Loss with the id 'a'");
  }
}
