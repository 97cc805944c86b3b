package juxta.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.ModelFunction;
import juxta.api.Value;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.ParameterStore;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Safetensors;
import juxta.toolkit.nn.Initializers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class EncoderFileTest {
  private static final Value WEIGHT = Tensors.floats(new long[] {2, 3}, 0, 1, 2, 3, 4, 5);

  @TempDir private Path folder;

  /** Has an encoder of one layer [in, out], and beside it a head that is not the encoder's. */
  private static FrozenModel model() {
    ModelFunction encode =
        new ModelFunction(
            ModelFunction.ENCODE,
            List.of(Field.of("x", FieldType.FLOAT32, 2)),
            (scope, batch) -> {
              Operand<TFloat32> head =
                  scope.weight("head", Layout.PLAIN, Initializers.ones(), 3).value();
              return Map.of(
                  ModelFunction.EMBEDDING, scope.tf().math.mul(encoded(scope, batch), head));
            });
    ParameterStore store = new ParameterStore();
    store.put("encoder.fc.weight", new ParameterStore.Entry(WEIGHT, Layout.LINEAR));
    store.put(
        "head", new ParameterStore.Entry(Tensors.floats(new long[] {3}, 1, 1, 1), Layout.PLAIN));
    return new FrozenModel(List.of(encode), store);
  }

  private static Operand<TFloat32> encoded(GraphScope scope, juxta.api.Batch batch) {
    Operand<TFloat32> weight =
        scope.sub("encoder").weight("fc.weight", Layout.LINEAR, Initializers.zeros(), 2, 3).value();
    return scope.tf().linalg.matMul(batch.floats("x"), weight);
  }

  @Test
  void theEncoderIsWrittenUnderTheNamesOfItsKindAndInTheirLayout() {
    List<Path> files =
        new EncoderFile()
            .write(
                Subjects.of(model(), Map.of("fc.weight", "classifier.weight")),
                Set.of(ModelFunction.ENCODE),
                folder)
            .files();
    assertThat(files).containsExactly(folder.resolve("encoder.safetensors"));
    Map<String, Value> written = Safetensors.read(files.get(0));
    assertThat(written).containsOnlyKeys("classifier.weight");
    assertThat(written.get("classifier.weight").shape()).containsExactly(3L, 2L);
    assertThat(Tensors.floats(written.get("classifier.weight"))).containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void aModelWithoutAnEncoderLeavesNoFile() {
    FrozenModel none = new FrozenModel(List.of(), new ParameterStore());
    Set<String> wanted = Set.of(ModelFunction.ENCODE);
    assertThat(new EncoderFile().write(Subjects.of(none), wanted, folder).files()).isEmpty();
    assertThat(new EncoderFile().write(Subjects.of(model()), Set.of("embed"), folder).files())
        .isEmpty();
    assertThat(folder).isEmptyDirectory();
  }
}
