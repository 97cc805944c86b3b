package juxta.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {
  @Test
  void numbersAndTextsComeBack() {
    assertThat(Value.of(-7).number()).isEqualTo(-7);
    assertThat(Value.of(-7).type()).isEqualTo(FieldType.INT32);
    assertThat(Value.of("Röntgen 胸").text()).isEqualTo("Röntgen 胸");
    assertThat(Value.of("").text()).isEmpty();
    assertThat(Value.of("a").shape()).isEmpty();
  }

  /** Whatever the order of the buffer that it is made of, elements are little endian. */
  @Test
  void dataAreReadOnlyLittleEndianAndReadAgain() {
    ByteBuffer all = ByteBuffer.allocate(12).order(ByteOrder.BIG_ENDIAN);
    all.put(new byte[] {9, 9, 9, 9, 1, 0, 0, 0, 2, 0, 0, 0}).position(4);
    Value value = new Value(FieldType.INT32, List.of(2L), all);
    for (int time = 0; time < 2; time++) {
      ByteBuffer data = value.data();
      assertThat(data.remaining()).isEqualTo(8);
      assertThat(data.getInt()).isEqualTo(1);
      assertThat(data.getInt()).isEqualTo(2);
    }
    assertThatThrownBy(() -> value.data().put(0, (byte) 1))
        .isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void valuesAreEqualByTypeShapeAndElements() {
    ByteBuffer four = ByteBuffer.allocate(4);
    Value flat = new Value(FieldType.UINT8, List.of(4L), four);
    assertThat(flat).isEqualTo(new Value(FieldType.UINT8, List.of(4L), ByteBuffer.allocate(4)));
    assertThat(flat).isNotEqualTo(new Value(FieldType.UINT8, List.of(2L, 2L), four));
    assertThat(flat).isNotEqualTo(new Value(FieldType.INT32, List.of(4L), four));
    four.put(3, (byte) 1);
    assertThat(flat.data().get(3)).isEqualTo((byte) 1); // it is a view, and copies nothing
  }

  @Test
  void fieldsCountElementsAndBytes() {
    Field image = Field.of(Field.IMAGE, FieldType.UINT8, 4, 5, 3);
    assertThat(image.elements()).isEqualTo(60);
    assertThat(image.bytes()).isEqualTo(60);
    assertThat(Field.of("x", FieldType.FLOAT32, 4, 5).bytes()).isEqualTo(80);
    assertThat(Field.of(Field.LABEL, FieldType.INT32).elements()).isEqualTo(1);
    assertThat(image.fixed()).isTrue();
  }

  @Test
  void whatDiffersInSizeHasNoSize() {
    for (Field open :
        List.of(
            Field.of(Field.IMAGE, FieldType.UINT8, -1, 5, 3),
            Field.of(Field.TEXT, FieldType.TEXT))) {
      assertThat(open.fixed()).isFalse();
      assertThatThrownBy(open::elements)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(open.name());
    }
    Field huge = Field.of("x", FieldType.FLOAT32, Long.MAX_VALUE / 2, 3);
    assertThatThrownBy(huge::bytes).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void matricesAreRowMajorAndFull() {
    Matrix matrix = new Matrix(2, 3, new float[] {0, 1, 2, 3, 4, 5});
    assertThat(matrix.row(1)).containsExactly(3, 4, 5);
    assertThat(matrix.at(1, 2)).isEqualTo(5);
    float[] values = new float[5];
    assertThatThrownBy(() -> new Matrix(2, 3, values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 x 3 does not hold 5 elements");
    assertThatThrownBy(() -> new Matrix(1 << 16, 1 << 16, new float[0])) // 0 as an int
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void layoutsArePermutations() {
    for (Layout layout : Layout.values()) {
      List<Integer> axes = new ArrayList<>(layout.toDisk());
      axes.sort(null);
      for (int i = 0; i < axes.size(); i++) {
        assertThat(axes.get(i)).as(layout.toString()).isEqualTo(i);
      }
    }
    // [H, W, I, O] in the graph, [O, I, H, W] on disk
    assertThat(Layout.CONV2D.toDisk()).containsExactly(3, 2, 0, 1);
    assertThat(Layout.PLAIN.toDisk()).isEmpty();
  }

  @Test
  void problemsAreOneALine() {
    UserException several = new UserException(List.of("one", "two"));
    assertThat(several).hasMessage("one\ntwo");
    assertThat(several.problems()).containsExactly("one", "two");
    assertThat(new UserException("one").problems()).containsExactly("one");
  }
}
