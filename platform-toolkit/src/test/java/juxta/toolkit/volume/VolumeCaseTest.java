package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import juxta.api.Field;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;

class VolumeCaseTest {
  @Test
  void whatFillsTheRecordUpIsLeftOut() {
    VolumeCase one = VolumeCase.of(CaseSplit.small(), 0);
    assertThat(one.extent()).isEqualTo(new Extent(2, 2, 2));
    assertThat(one.scan()).containsExactly(0, 1, 4, 5, 8, 9, 12, 13);
    assertThat(one.truth()).containsExactly(0, 0, 1, 1, 1, 1, 1, 1);
    assertThat(one.spacing()).isEqualTo(new Spacing(1, 2, 3));
  }

  @Test
  void nameAndPlaceNeedNotBeThere() {
    VolumeCase plain = VolumeCase.of(CaseSplit.small(), 0);
    assertThat(plain.name()).isEqualTo("0");
    assertThat(plain.grid()).isEqualTo(Grid.of(2, 2, 2, 1, 2, 3));
    float[] affine = {0, -2, 0, 5, 1, 0, 0, 6, 0, 0, 3, 7};
    CaseSplit placed =
        CaseSplit.small()
            .with(Field.CASE, Value.of("a"))
            .with(Field.AFFINE, Tensors.floats(new long[] {12}, affine));
    VolumeCase one = VolumeCase.of(placed, 0);
    assertThat(one.name()).isEqualTo("a");
    assertThat(one.grid().affine())
        .containsExactly(0.0, -2.0, 0.0, 5.0, 1.0, 0.0, 0.0, 6.0, 0.0, 0.0, 3.0, 7.0);
  }

  @Test
  void mistakesAreNamedByCase() {
    CaseSplit named = CaseSplit.small().with(Field.CASE, Value.of("a"));
    assertRefused(named.with(Field.EXTENT, Tensors.ints(new long[] {3}, 2, 3, 2)), "2 x 3 x");
    assertRefused(named.with(Field.EXTENT, Tensors.ints(new long[] {3}, 2, 0, 2)), "extent");
    assertRefused(named.with(Field.SPACING, Tensors.floats(new long[] {3}, 1, -1, 1)), "spacing");
    assertRefused(
        named.with(Field.AFFINE, Tensors.floats(new long[] {2}, 1, 1)), "12 finite numbers");
  }

  private static void assertRefused(CaseSplit split, String what) {
    assertThatThrownBy(() -> VolumeCase.of(split, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("case 'a'")
        .hasMessageContaining(what);
  }

  @Test
  void channelsAreTheLastAxis() {
    CaseSplit two =
        CaseSplit.small()
            .with(Field.VOLUME, Tensors.floats(new long[] {2, 2, 2, 2}, new float[16]));
    assertThat(VolumeCase.channels(two)).isEqualTo(2);
    assertThat(VolumeCase.of(two.with(Field.MASK, mask()), 0).scan()).hasSize(16);
    CaseSplit flat =
        CaseSplit.small().with(Field.VOLUME, Tensors.floats(new long[] {2, 2, 2}, new float[8]));
    assertThatThrownBy(() -> VolumeCase.channels(flat))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("[2, 2, 2], not [X, Y, Z, channels]");
  }

  private static Value mask() {
    return new Value(
        juxta.api.FieldType.UINT8,
        java.util.List.of(2L, 2L, 2L),
        java.nio.ByteBuffer.wrap(new byte[8]));
  }
}
