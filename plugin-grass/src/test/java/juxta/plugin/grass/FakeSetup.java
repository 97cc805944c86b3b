package juxta.plugin.grass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.View;
import juxta.testkit.Graphs;
import juxta.testkit.TrialImages;
import juxta.testkit.TrialSetup;
import juxta.toolkit.contrast.SoftCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A run with a tiny encoder, views without chance, and NT-Xent at 0.5. */
final class FakeSetup extends TrialSetup {
  static final int N = 5;
  static final int SIDE = 16;

  private final TinyEncoder.Kind kind;
  private final int patch;
  private final Optional<float[]> views;

  /** Applications of the encoder, in order. */
  final List<TinyEncoder.Use> uses = new ArrayList<>();

  private FakeSetup(
      TinyEncoder.Kind kind, int patch, Optional<float[]> views, int epochs, String... pairs) {
    super(new TrialImages(4 * N, SIDE), N, epochs, settings(pairs));
    this.kind = kind;
    this.patch = patch;
    this.views = views;
  }

  static FakeSetup of(String... settings) {
    return new FakeSetup(TinyEncoder.Kind.POOLED, 4, Optional.empty(), 10, settings);
  }

  static FakeSetup of(int epochs, String... settings) {
    return new FakeSetup(TinyEncoder.Kind.POOLED, 4, Optional.empty(), epochs, settings);
  }

  static FakeSetup of(TinyEncoder.Kind kind, int patch, String... settings) {
    return new FakeSetup(kind, patch, Optional.empty(), 10, settings);
  }

  /** With given views in place of those of the images, [2N, SIDE, SIDE, 3]. */
  static FakeSetup seeing(float[] views, String... settings) {
    return new FakeSetup(TinyEncoder.Kind.POOLED, 4, Optional.of(views), 10, settings);
  }

  private static Map<String, String> settings(String... pairs) {
    Map<String, String> all = new TreeMap<>();
    all.put("projection-hidden", "7");
    all.put("projection-out", "4");
    Arrays.stream(pairs).map(pair -> pair.split("=")).forEach(p -> all.put(p[0], p[1]));
    return all;
  }

  @Override
  public Network encoder(GraphScope scope) {
    return new TinyEncoder(scope, kind, patch, uses);
  }

  @Override
  public Batch view(GraphScope scope, Batch records, View view) {
    if (views.isEmpty()) {
      return super.view(scope, records, view);
    }
    int half = views.get().length / 2;
    float[] own = Arrays.copyOfRange(views.get(), view.index() * half, (view.index() + 1) * half);
    return records.with(Field.IMAGE, Graphs.tensor(scope, own, N, SIDE, SIDE, 3));
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    return ntXent(scope, comparison);
  }

  static Operand<TFloat32> ntXent(GraphScope scope, Comparison comparison) {
    Operand<TFloat32> logits =
        SoftCrossEntropy.without(
            scope,
            scope.tf().math.mul(comparison.similarities(), scope.constant(2)),
            comparison.excluded().orElseThrow());
    return SoftCrossEntropy.apply(scope, logits, comparison.targets());
  }
}
