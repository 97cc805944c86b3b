package juxta.plugin.baselines.evaluators;

import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.ModelFunction;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.volume.Extent;
import juxta.toolkit.volume.Probabilities;
import juxta.toolkit.volume.SlidingWindow;
import juxta.toolkit.volume.Windows;

/** A model that segments scans window by window. */
final class VolumeModel implements AutoCloseable {
  /** Output of the model's function: [N, X, Y, Z, C]. */
  static final String PROBABILITIES = "probabilities";

  private final VolumeSettings settings;
  private final List<Integer> patch; // 0 where the scan decides
  private final Evaluation.Applied segment;

  VolumeModel(Evaluation evaluation, VolumeSettings settings, int channels) {
    this.settings = settings;
    this.patch = patch(evaluation, settings);
    long[] shape = IntStream.of(size(0), size(1), size(2), channels).asLongStream().toArray();
    this.segment =
        evaluation.open(
            ModelFunction.SEGMENT, List.of(Field.of(Field.VOLUME, FieldType.FLOAT32, shape)));
  }

  private int size(int axis) {
    return patch.get(axis) == 0 ? -1 : patch.get(axis);
  }

  /** What the user asks for, else what the model was trained on. */
  private static List<Integer> patch(Evaluation evaluation, VolumeSettings settings) {
    List<Long> declared =
        evaluation.model().inputs(ModelFunction.SEGMENT).stream()
            .filter(field -> field.name().equals(Field.VOLUME))
            .findFirst()
            .map(Field::shape)
            .orElse(List.of());
    return IntStream.range(0, 3)
        .map(
            axis -> {
              int asked = settings.patch().get(axis);
              long known = declared.size() == 4 ? Math.max(0, declared.get(axis)) : 0;
              return asked > 0 ? asked : Math.toIntExact(known);
            })
        .boxed()
        .toList();
  }

  Windows windows(Extent scan) {
    Extent window =
        new Extent(
            patch.get(0) == 0 ? scan.x() : patch.get(0),
            patch.get(1) == 0 ? scan.y() : patch.get(1),
            patch.get(2) == 0 ? scan.z() : patch.get(2));
    return Windows.of(scan, window, settings.stride(window));
  }

  Probabilities apply(VolumeCase one, IntConsumer done) {
    Windows windows = windows(one.extent());
    Extent window = windows.patch();
    int channels = one.scan().length / one.extent().voxels();
    return new SlidingWindow(windows, settings.batch())
        .apply(
            one.scan(),
            (patches, count) -> {
              long[] shape = {count, window.x(), window.y(), window.z(), channels};
              return Tensors.floats(
                  segment.run(Map.of(Field.VOLUME, Tensors.floats(shape, patches)), PROBABILITIES));
            },
            done);
  }

  /** The window, for people. */
  String shown() {
    return String.join(
        " x ", patch.stream().map(n -> n == 0 ? "whole scan" : Integer.toString(n)).toList());
  }

  @Override
  public void close() {
    segment.close();
  }
}
