package juxta.plugin.baselines.methods;

import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Parameter;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.TaskContext;
import juxta.api.UserException;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Raw pixels, centred by the mean training image: no network at all. */
public final class Pixels implements Method {
  private static final String MEAN = "pixels.mean";

  /** For the ServiceLoader. */
  public Pixels() {}

  @Override
  public String id() {
    return "pixels";
  }

  @Override
  public String summary() {
    return "reference row: raw pixels, centred by the mean training image";
  }

  @Override
  public boolean usesEncoder() {
    return false;
  }

  @Override
  public Set<String> presets() {
    return Set.of(PAPER, SMALL);
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return false;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return Map.of("epochs", "0", "batch", "1");
  }

  @Override
  public Plan plan(Setup setup) {
    Field image = setup.data().train().field(Field.IMAGE);
    if (!image.fixed()) {
      throw new UserException(
          "pixels: the images of '" + setup.data().id() + "' differ in size; use data of one size");
    }
    long pixels = image.elements();
    ModelFunction embed =
        new ModelFunction(
            ModelFunction.EMBED,
            List.of(image),
            (scope, batch) -> {
              Ops tf = scope.tf();
              Parameter<TFloat32> mean =
                  scope
                      .sub("pixels")
                      .state(
                          "mean",
                          TFloat32.class,
                          (t, s, seed) -> t.zeros(t.constant(s), TFloat32.class),
                          pixels);
              Operand<TFloat32> flat = // [B, H * W * C]
                  tf.reshape(
                      sized(tf, batch.bytes(Field.IMAGE), image.shape()),
                      tf.constant(new long[] {-1, pixels}));
              Operand<TFloat32> scaled = tf.math.div(flat, scope.constant(255));
              return Map.of(ModelFunction.EMBEDDING, tf.math.sub(scaled, mean.value()));
            });
    return new Plan(
        List.of(new Phase.Task("mean", task -> centre(task, (int) pixels))), List.of(embed));
  }

  /** [B, H, W, C] as the training images are; those of other sizes are stretched. */
  private static Operand<TFloat32> sized(Ops tf, Operand<TUint8> images, List<Long> wanted) {
    long[] shape = images.shape().asArray();
    return shape[1] == wanted.get(0) && shape[2] == wanted.get(1)
        ? tf.dtypes.cast(images, TFloat32.class)
        : tf.image.resizeBilinear(
            images,
            tf.constant(new int[] {(int) (long) wanted.get(0), (int) (long) wanted.get(1)}),
            ResizeBilinear.halfPixelCenters(true));
  }

  private static void centre(TaskContext task, int pixels) {
    Split train = task.data().train();
    double[] sum = new double[pixels];
    for (int i = 0; i < train.size(); i++) {
      var data = train.value(Field.IMAGE, i).data();
      for (int p = 0; p < pixels; p++) {
        sum[p] += (data.get(p) & 0xff) / 255.0;
      }
      task.progress(i + 1, train.size(), "images");
    }
    float[] mean = new float[pixels];
    for (int p = 0; p < pixels; p++) {
      mean[p] = (float) (sum[p] / train.size());
    }
    task.write(Map.of(MEAN, Tensors.floats(new long[] {pixels}, mean)));
  }
}
