package juxta.plugin.claires;

import java.util.List;
import java.util.Set;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.View;
import juxta.toolkit.image.ColourJitter;
import juxta.toolkit.image.Normalisation;
import juxta.toolkit.image.Planes;
import juxta.toolkit.image.Resample;
import juxta.toolkit.image.Rotation;
import juxta.toolkit.image.Sampling;
import juxta.toolkit.image.Window;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Radiographs as a whole: resized without keeping proportions, normalised as ImageNet; for training
 * turned by a few degrees, a little brighter or darker and with more or less contrast. Never
 * mirrored, since left and right mean something. All random views are of the same size.
 */
public final class Radiograph implements Augmentation {
  static final Setting<Integer> SIZE =
      Setting.integer("size", 224)
          .range(8, 1024)
          .describe("side of the views in pixels")
          .source("moein-shariatnia/OpenAI-CLIP: 224");

  static final Setting<Double> TURN =
      Setting.real("turn", 5)
          .range(0, 180)
          .describe("largest turn in degrees, 0 for none")
          .source("own choice: films lie a little askew");

  static final Setting<Double> BRIGHTNESS = amount("brightness");
  static final Setting<Double> CONTRAST = amount("contrast");

  private static final float BYTE = 1 / 255f;

  /** Made by the service loader. */
  public Radiograph() {}

  private static Setting<Double> amount(String key) {
    return Setting.real(key, 0.1)
        .range(0, 1)
        .describe(key + " is multiplied by 1 - this to 1 + this")
        .source("own choice: exposure differs from film to film");
  }

  @Override
  public String id() {
    return "radiograph";
  }

  @Override
  public String summary() {
    return "whole radiographs, slightly turned, brighter or darker, never mirrored";
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.IMAGES, DataKind.IMAGES_WITH_TEXT);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(SIZE, TURN, BRIGHTNESS, CONTRAST);
  }

  @Override
  public int side(View.Kind kind, DataSummary data, Settings settings) {
    return settings.get(SIZE);
  }

  @Override
  public Batch apply(GraphScope scope, Batch batch, View view, DataSummary data, Settings s) {
    Ops tf = scope.tf();
    Operand<TUint8> images = batch.bytes(Field.IMAGE); // [B, H, W, C]
    int side = s.get(SIZE);
    int channels = (int) images.shape().get(3);
    Operand<TFloat32> x = // [C, B, side, side] in [0, 1]
        tf.math.mul(resized(tf, images, side), tf.constant(BYTE));
    if (view.kind() != View.Kind.EVALUATION) {
      x = Rotation.random(scope, x, s.get(TURN));
      x =
          new ColourJitter(s.get(BRIGHTNESS), s.get(CONTRAST), 0, 0, 1)
              .apply(scope, x, channels, 0);
    }
    Operand<TFloat32> views = // [B, side, side, C]
        Planes.images(tf, Normalisation.IMAGENET.apply(tf, x, channels, 0));
    return batch.with(Field.IMAGE, tf.reshape(views, scope.ints(-1, side, side, channels)));
  }

  @Override
  public Operand<TFloat32> pixels(GraphScope scope, Operand<TFloat32> image, Settings settings) {
    int channels = (int) image.shape().get(3);
    return Normalisation.IMAGENET.apply(scope.tf(), image, channels, 3);
  }

  /** [B, H, W, C] to planes [C, B, side, side] in the same units. */
  private static Operand<TFloat32> resized(Ops tf, Operand<TUint8> images, int side) {
    long[] shape = images.shape().asArray();
    if (shape[1] == side && shape[2] == side) {
      return Planes.of(tf, images);
    }
    Operand<TFloat32> whole = tf.dtypes.cast(tf.shape(images), TFloat32.class);
    Operand<TFloat32> x =
        Resample.planes(
            tf,
            images,
            axis(tf, whole, 1, side),
            axis(tf, whole, 2, side),
            side,
            Sampling.BILINEAR);
    // changes nothing, but the turn needs to know the side
    return tf.reshape(x, tf.constant(new int[] {(int) shape[3], -1, side, side}));
  }

  /** All of an axis. */
  private static Window axis(Ops tf, Operand<TFloat32> shape, int axis, int side) {
    Operand<TFloat32> length = // [1, 1, 1]
        tf.reshape(
            tf.slice(shape, tf.constant(new int[] {axis}), tf.constant(new int[] {1})),
            tf.constant(new int[] {1, 1, 1}));
    Operand<TFloat32> none = tf.reshape(tf.constant(0f), tf.constant(new int[] {1, 1, 1}));
    return Window.crop(tf, none, length, side, tf.constant(1f));
  }
}
