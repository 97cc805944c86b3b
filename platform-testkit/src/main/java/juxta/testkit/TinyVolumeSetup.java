package juxta.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Encoder;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * A run of a method on tiny scans. Methods on volumes need an encoder that has the maps that their
 * decoders ask for, so parts of the method's own plug-in are taken where its preset names them;
 * otherwise parts of the testkit's own.
 */
record TinyVolumeSetup(
    Settings settings,
    Dataset data,
    long seed,
    Path artefacts,
    Optional<Part<Encoder>> encoder,
    Optional<Part<Augmentation>> augmentation)
    implements Setup {
  /** A component with its settings. */
  record Part<C>(C component, Settings settings) {}

  @Override
  public DataSummary summary() {
    return DataSummary.of(data);
  }

  @Override
  public int batch() {
    return Tiny.VOLUMES.batch();
  }

  @Override
  public int epochs() {
    return 4;
  }

  @Override
  public Network encoder(GraphScope scope) {
    if (encoder.isEmpty()) {
      return new TinyVolumeNetwork(scope, 1);
    }
    List<Integer> patch = lengths(View.Kind.GLOBAL);
    long[] input = {patch.get(0), patch.get(1), patch.get(2), 1};
    return encoder.get().component().create(scope, input, encoder.get().settings());
  }

  @Override
  public Batch view(GraphScope scope, Batch batch, View view) {
    return augmentation
        .map(a -> a.component().apply(scope, batch, view, summary(), a.settings()))
        .orElseGet(() -> views(scope, batch, view));
  }

  @Override
  public int side(View.Kind kind) {
    return lengths(kind).get(0);
  }

  @Override
  public List<Integer> lengths(View.Kind kind) {
    return augmentation
        .map(a -> a.component().lengths(kind, summary(), a.settings()))
        .orElse(Tiny.VOLUMES.input().subList(0, 3));
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    return TinySetup.crossEntropy(scope, comparison);
  }

  /** The first corner of scan and mask, with noise where views are random. */
  static Batch views(GraphScope scope, Batch batch, View view) {
    Ops tf = scope.tf();
    List<Integer> patch = Tiny.VOLUMES.input();
    Operand<TFloat32> corner = // [B, x, y, z, 1]
        tf.slice(
            batch.floats(Field.VOLUME),
            scope.ints(0, 0, 0, 0, 0),
            scope.ints(-1, patch.get(0), patch.get(1), patch.get(2), 1));
    Operand<TUint8> mask = // [B, x, y, z]
        tf.slice(
            batch.bytes(Field.MASK),
            scope.ints(0, 0, 0, 0),
            scope.ints(-1, patch.get(0), patch.get(1), patch.get(2)));
    if (view.kind() != View.Kind.EVALUATION) {
      Operand<TFloat32> noise =
          tf.random.statelessRandomNormal(tf.shape(corner), scope.seed("noise"));
      corner = tf.math.add(corner, tf.math.mul(noise, scope.constant(0.1f)));
    }
    return batch.with(Field.VOLUME, corner).with(Field.MASK, mask);
  }
}
