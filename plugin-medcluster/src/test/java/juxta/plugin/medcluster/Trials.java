package juxta.plugin.medcluster;

import java.util.List;
import java.util.function.BiFunction;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.testkit.StepRig;
import org.tensorflow.Operand;
import org.tensorflow.types.TUint8;

/** Steps on the first training images, again and again, at one learning rate. */
final class Trials {
  private Trials() {}

  static StepRig rig(Design design, BiFunction<Design, StepContext, Step> build) {
    return StepRig.of(context -> build.apply(design, context), design.setup())
        .open()
        .scalar(TrainingPhase.LEARNING_RATE, 1e-2);
  }

  /** The first images of a split, as stored. */
  static Operand<TUint8> images(GraphScope scope, Split split, int n) {
    List<Long> shape = split.field(Field.IMAGE).shape();
    int length = (int) split.field(Field.IMAGE).elements();
    int[] pixels = new int[n * length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = split.value(Field.IMAGE, i / length).data().get(i % length) & 0xff;
    }
    var tf = scope.tf();
    Operand<org.tensorflow.types.TInt32> all =
        tf.reshape(
            tf.constant(pixels),
            tf.constant(new long[] {n, shape.get(0), shape.get(1), shape.get(2)}));
    return tf.dtypes.cast(all, TUint8.class);
  }
}
