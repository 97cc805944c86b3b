package juxta.toolkit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import juxta.api.FieldType;
import juxta.api.Layout;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayoutsTest {
  @Test
  void linearIsTransposed() {
    Value graph = Tensors.floats(new long[] {2, 3}, 1, 2, 3, 4, 5, 6);
    assertThat(Layouts.toDisk(Layout.LINEAR, graph))
        .isEqualTo(Tensors.floats(new long[] {3, 2}, 1, 4, 2, 5, 3, 6));
  }

  /** Graph [H, W, I, O] = [1, 2, 2, 3] becomes [O, I, H, W] = [3, 2, 1, 2]. */
  @Test
  void convolutionsAreMoved() {
    Value graph = Tensors.ints(new long[] {1, 2, 2, 3}, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(Layouts.toDisk(Layout.CONV2D, graph))
        .isEqualTo(Tensors.ints(new long[] {3, 2, 1, 2}, 0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11));
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void roundTripsRestore(Layout layout) {
    Random random = new Random(layout.ordinal());
    int rank = layout == Layout.PLAIN ? 3 : layout.toDisk().size();
    for (int trial = 0; trial < 30; trial++) {
      List<Long> shape = random.longs(rank, 0, 5).boxed().toList();
      boolean bytes = random.nextBoolean();
      byte[] data = new byte[(int) ((bytes ? 1 : 4) * shape.stream().reduce(1L, (a, b) -> a * b))];
      random.nextBytes(data);
      Value value =
          new Value(bytes ? FieldType.UINT8 : FieldType.INT32, shape, ByteBuffer.wrap(data));
      Value disk = Layouts.toDisk(layout, value);
      assertThat(disk.shape()).isEqualTo(Layouts.diskShape(layout, shape));
      assertThat(Layouts.toGraph(layout, disk)).isEqualTo(value);
    }
  }

  @Test
  void theNumberOfAxesMustFit() {
    assertThatThrownBy(() -> Layouts.toDisk(Layout.CONV2D, Value.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 axes");
  }
}
