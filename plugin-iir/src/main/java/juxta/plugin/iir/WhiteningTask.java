package juxta.plugin.iir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.Dataset;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Setup;
import juxta.api.TaskContext;
import juxta.api.UserException;
import juxta.toolkit.graph.Tensors;

/** Fits whitening on descriptors of the training split, and of nothing else. */
final class WhiteningTask {
  /** Partners of each image within its instance, at most: pairs grow with the square otherwise. */
  private static final int PARTNERS = 8;

  private WhiteningTask() {}

  /** Whitening behind the trained network. */
  static void fit(Setup setup, String kind, TaskContext context) {
    Matrix d = context.run(Functions.DESCRIBE, Dataset.TRAIN, ModelFunction.EMBEDDING);
    int components = WhiteningLayer.components(d.columns(), setup.settings());
    Whitening fitted =
        kind.equals("pca")
            ? Whitening.pca(d, setup.settings().get(IirSettings.POWER), components)
            : first(supervised(setup, d), components);
    context.write(
        Map.of(
            WhiteningLayer.MEAN,
            Tensors.floats(new long[] {d.columns()}, fitted.mean().values()),
            WhiteningLayer.PROJECTION,
            Tensors.floats(new long[] {d.columns(), components}, fitted.projection().values())));
  }

  /** The linear layer starts as the whitening of the descriptors before it: x P - mean P. */
  static void start(Setup setup, TaskContext context) {
    Matrix d = context.run(Functions.POOLED, Dataset.TRAIN, ModelFunction.EMBEDDING);
    int out = setup.settings().get(IirSettings.SIZE).orElse(d.columns());
    if (out > d.columns()) {
      throw new UserException(
          "descriptor-size: "
              + out
              + " with descriptor-start=pca, but there are "
              + d.columns()
              + " components; ask for fewer");
    }
    Whitening fitted = Whitening.pca(d, setup.settings().get(IirSettings.POWER), out);
    float[] bias = fitted.apply(new Matrix(1, d.columns(), new float[d.columns()])).values();
    context.write(
        Map.of(
            DescriptorNetwork.LAYER + ".weight",
            Tensors.floats(new long[] {d.columns(), out}, fitted.projection().values()),
            DescriptorNetwork.LAYER + ".bias",
            Tensors.floats(new long[] {out}, bias)));
  }

  private static Whitening supervised(Setup setup, Matrix d) {
    int[] instances = Iir.numbers(setup.data().train(), TuningStep.instanceField(setup));
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < instances.length; i++) {
      if (instances[i] >= 0) {
        members.computeIfAbsent(instances[i], k -> new ArrayList<>()).add(i);
      }
    }
    List<int[]> pairs = new ArrayList<>();
    for (List<Integer> own : members.values()) {
      for (int away = 1; away <= Math.min(PARTNERS, own.size() / 2); away++) {
        for (int i = 0; i < own.size(); i++) {
          pairs.add(new int[] {own.get(i), own.get((i + away) % own.size())});
        }
      }
    }
    if (pairs.isEmpty()) {
      throw new UserException(
          "whitening: no two training images show the same instance; take --set whitening=pca");
    }
    return Whitening.supervised(
        d,
        pairs.stream().mapToInt(pair -> pair[0]).toArray(),
        pairs.stream().mapToInt(pair -> pair[1]).toArray());
  }

  /** The first components of a whitening, which come in order of their variance. */
  private static Whitening first(Whitening all, int components) {
    Matrix projection = all.projection();
    float[] values = new float[projection.rows() * components];
    for (int row = 0; row < projection.rows(); row++) {
      for (int i = 0; i < components; i++) {
        values[row * components + i] = projection.at(row, i);
      }
    }
    return new Whitening(all.mean(), new Matrix(projection.rows(), components, values));
  }
}
