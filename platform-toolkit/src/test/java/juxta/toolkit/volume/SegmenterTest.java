package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;

class SegmenterTest {
  private static final Extent STRIDE = new Extent(1, 3, 9);

  private final List<Field> opened = new ArrayList<>();
  private final List<List<Long>> batches = new CopyOnWriteArrayList<>(); // two run at a time
  private boolean closed;

  /** Voxels above 0.5 are class 1. */
  private Evaluation.Applied open(String function, List<Field> inputs) {
    assertThat(function).isEqualTo("segment");
    opened.addAll(inputs);
    return new Evaluation.Applied() {
      @Override
      public Value records(List<Map<String, Value>> records, String output) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Optional<String> objection(Map<String, Value> record) {
        return Optional.empty();
      }

      @Override
      public Value run(Map<String, Value> batch, String output) {
        assertThat(output).isEqualTo("probabilities");
        Value volume = batch.get(Field.VOLUME);
        batches.add(volume.shape());
        float[] voxels = Tensors.floats(volume);
        float[] classes = new float[2 * voxels.length];
        for (int i = 0; i < voxels.length; i++) {
          classes[2 * i + (voxels[i] > 0.5 ? 1 : 0)] = 1;
        }
        return Tensors.floats(new long[] {classes.length}, classes);
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }

  private Segmenter segmenter(List<Integer> patch, long... declared) {
    return new Segmenter(
        this::open,
        List.of(Field.of(Field.VOLUME, FieldType.FLOAT32, declared)),
        1,
        new Tiling(patch, STRIDE, 4));
  }

  private static VolumeCase box() {
    Extent extent = new Extent(5, 4, 3);
    byte[] truth = new byte[extent.voxels()];
    float[] scan = new float[truth.length];
    for (int x = 1; x < 4; x++) {
      truth[extent.index(x, 2, 1)] = 1;
      scan[extent.index(x, 2, 1)] = 0.9f;
    }
    Grid grid = Grid.of(5, 4, 3, 1, 1, 1);
    return new VolumeCase("box", grid, Spacing.VOXELS, scan, truth, grid);
  }

  @Test
  void windowsAreWhatIsAskedForElseWhatTheModelDeclaresElseTheScan() {
    List<Integer> done = new ArrayList<>();
    try (Segmenter segmenter = segmenter(List.of(2, 0, 0), 16, 3, -1, 1)) {
      assertThat(segmenter.tiling().window()).isEqualTo("2 x 3 x whole scan");
      assertThat(opened.get(0).shape()).containsExactly(2L, 3L, -1L, 1L);
      // strides 1, 3, and 9 cut to 3
      assertThat(segmenter.windows(box().extent()).count()).isEqualTo(4 * 2);
      Probabilities found = segmenter.apply(box(), done::add);
      assertThat(found.classes()).isEqualTo(2);
      assertThat(found.mask()).isEqualTo(box().truth());
    }
    assertThat(batches).containsOnly(List.of(4L, 2L, 3L, 3L, 1L)).hasSize(2);
    assertThat(done).containsExactly(4, 8);
    assertThat(closed).isTrue();
  }

  @Test
  void aModelThatDeclaresNothingTakesWholeScans() {
    try (Segmenter segmenter =
        new Segmenter(this::open, List.of(), 1, new Tiling(List.of(0, 0, 0), STRIDE, 1))) {
      assertThat(segmenter.apply(box(), n -> {}).mask()).isEqualTo(box().truth());
    }
    assertThat(opened.get(0).shape()).containsExactly(-1L, -1L, -1L, 1L);
  }

  @Test
  void otherChannelsAreRefused() {
    assertThatThrownBy(() -> segmenter(List.of(0, 0, 0), 8, 8, 8, 2))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the scans have 1 channels, but the model takes 2");
    assertThat(opened).isEmpty();
  }

  @Test
  void tilingsMakeSense() {
    assertThatThrownBy(() -> new Tiling(List.of(1, 1), STRIDE, 1)).hasMessageContaining("[1, 1]");
    assertThatThrownBy(() -> new Tiling(List.of(1, -1, 1), STRIDE, 1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Tiling(List.of(1, 1, 1), STRIDE, 0))
        .hasMessageContaining("a batch of 0");
  }
}
