package juxta.testkit;

import java.nio.file.Path;
import java.util.List;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.View;
import juxta.toolkit.contrast.SoftCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A run of a method on tiny data with parts of the testkit's own: one convolution, noise as the
 * augmentation, softmax cross-entropy as the loss.
 */
record TinySetup(Settings settings, Dataset data, long seed, Path artefacts) implements Setup {
  private static final float TEMPERATURE = 0.2f;

  @Override
  public DataSummary summary() {
    return DataSummary.of(data);
  }

  @Override
  public int batch() {
    return Tiny.IMAGES.batch();
  }

  @Override
  public int epochs() {
    return 4;
  }

  @Override
  public Network encoder(GraphScope scope) {
    List<Long> shape = data.train().field(Field.IMAGE).shape();
    return new TinyNetwork(scope, shape.get(2).intValue());
  }

  @Override
  public Batch view(GraphScope scope, Batch batch, View view) {
    return views(scope, batch, view, side(view.kind()));
  }

  @Override
  public int side(View.Kind kind) {
    int side = summary().imageSide();
    return kind == View.Kind.LOCAL ? side / 2 : side;
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    return crossEntropy(scope, comparison);
  }

  static Operand<TFloat32> crossEntropy(GraphScope scope, Comparison comparison) {
    Operand<TFloat32> logits =
        scope.tf().math.div(comparison.similarities(), scope.constant(TEMPERATURE));
    if (comparison.excluded().isPresent()) {
      logits = SoftCrossEntropy.without(scope, logits, comparison.excluded().get());
    }
    return SoftCrossEntropy.apply(scope, logits, comparison.targets());
  }

  /** The upper left corner in [-1, 1], with noise where views are random. */
  static Batch views(GraphScope scope, Batch batch, View view, int side) {
    Ops tf = scope.tf();
    Operand<TFloat32> image = tf.dtypes.cast(batch.bytes(Field.IMAGE), TFloat32.class);
    Operand<TFloat32> shown =
        tf.math.sub(tf.math.div(image, scope.constant(127.5f)), scope.constant(1));
    Operand<TFloat32> corner = // [B, side, side, C]
        tf.slice(shown, scope.ints(0, 0, 0, 0), scope.ints(-1, side, side, -1));
    if (view.kind() == View.Kind.EVALUATION) {
      return batch.with(Field.IMAGE, corner);
    }
    Operand<TFloat32> noise =
        tf.random.statelessRandomNormal(tf.shape(corner), scope.seed("noise"));
    return batch.with(Field.IMAGE, tf.math.add(corner, tf.math.mul(noise, scope.constant(0.2f))));
  }
}
