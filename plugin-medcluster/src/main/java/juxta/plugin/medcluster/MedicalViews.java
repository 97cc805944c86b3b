package juxta.plugin.medcluster;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
import juxta.toolkit.image.RandomCrop;
import juxta.toolkit.image.Range;
import juxta.toolkit.image.Resample;
import juxta.toolkit.image.Rotation;
import juxta.toolkit.image.Sampling;
import juxta.toolkit.image.Window;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Slightly different views of a medical image, with values in [0, 1]: a large crop, a small turn, a
 * little more or less light and contrast, a little noise. Not mirrored unless asked to: in a chest
 * radiograph left and right mean something. The released code's transforms are not published, so
 * all numbers are our own choice. All random views are of the same size; a probe's are cropped and
 * mirrored only.
 */
public final class MedicalViews implements Augmentation {
  private static final String SOURCE = "own choice; the paper's transforms are not published";

  static final Setting<Integer> SIZE =
      Setting.integer("size", 32)
          .range(8, 1024)
          .describe("side of the views in pixels")
          .source("matteoferrante/VAESIM resizes to 32");

  static final Setting<Double> CROP_MIN =
      Setting.real("crop-min", 0.7)
          .range(1e-4, 1)
          .describe("least share of the area that a view shows")
          .source(SOURCE);

  static final Setting<Double> TURN =
      Setting.real("turn", 15)
          .range(0, 180)
          .describe("largest turn in degrees, 0 for none")
          .source(SOURCE);

  static final Setting<Double> LIGHT =
      Setting.real("light", 0.2)
          .range(0, 1)
          .describe("brightness and contrast are multiplied by 1 - this to 1 + this")
          .source(SOURCE);

  static final Setting<Double> NOISE =
      Setting.real("noise", 0.02)
          .range(0, 1)
          .describe("standard deviation of the noise that is added to values in [0, 1]")
          .source(SOURCE);

  static final Setting<Double> FLIP =
      Setting.real("flip", 0)
          .range(0, 1)
          .describe("probability of mirroring left and right; 0.5 where sides mean nothing")
          .source(SOURCE);

  static final Setting<String> NORMALISATION =
      Setting.choice("normalisation", "none", words())
          .describe(
              "mean and deviation taken out of the channels; autoencoders need 'none', which keeps"
                  + " values in [0, 1], weights from elsewhere what they were trained with")
          .source("matteoferrante/VAESIM: none");

  private static final float BYTE = 1 / 255f;
  private static final double PROBE_FLIP = 0.5;

  /** Made by the service loader. */
  public MedicalViews() {}

  private static String[] words() {
    return Arrays.stream(Normalisation.values()).map(Normalisation::word).toArray(String[]::new);
  }

  @Override
  public String id() {
    return "medical";
  }

  @Override
  public String summary() {
    return "large crops, slightly turned, lighter or darker and noisy, with values from 0 to 1";
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.IMAGES, DataKind.IMAGES_WITH_TEXT);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(SIZE, CROP_MIN, TURN, LIGHT, NOISE, FLIP, NORMALISATION);
  }

  @Override
  public int side(View.Kind kind, DataSummary data, Settings settings) {
    return settings.get(SIZE);
  }

  @Override
  public Batch apply(GraphScope scope, Batch batch, View view, DataSummary data, Settings s) {
    Operand<TUint8> images = batch.bytes(Field.IMAGE); // [B, H, W, C]
    int channels = (int) images.shape().get(3);
    int side = s.get(SIZE);
    Operand<TFloat32> x = // [C, B, side, side]
        switch (view.kind()) {
          case EVALUATION -> scaled(scope, whole(scope.tf(), images, side), channels, side);
          case PROBE -> cropped(scope, images, channels, s, PROBE_FLIP);
          case GLOBAL, LOCAL -> changed(scope, images, channels, s);
        };
    x =
        Normalisation.valueOf(s.get(NORMALISATION).toUpperCase(Locale.ROOT))
            .apply(scope.tf(), x, channels, 0);
    return batch.with(
        Field.IMAGE,
        scope.tf().reshape(Planes.images(scope.tf(), x), scope.ints(-1, side, side, channels)));
  }

  private static Operand<TFloat32> changed(
      GraphScope scope, Operand<TUint8> images, int channels, Settings s) {
    Ops tf = scope.tf();
    double light = s.get(LIGHT);
    Operand<TFloat32> x = cropped(scope, images, channels, s, s.get(FLIP));
    x = turned(scope, x, s.get(TURN));
    x = new ColourJitter(light, light, 0, 0, 1).apply(scope, x, channels, 0);
    if (s.get(NOISE) > 0) {
      Operand<TFloat32> noise = tf.random.statelessRandomNormal(tf.shape(x), scope.seed("noise"));
      x = tf.math.add(x, tf.math.mul(noise, scope.constant(s.get(NOISE).floatValue())));
    }
    return tf.clipByValue(x, scope.constant(0), scope.constant(1));
  }

  /** Turned, with the image's edge mirrored where a turn uncovers what lies outside. */
  private static Operand<TFloat32> turned(
      GraphScope scope, Operand<TFloat32> planes, double degrees) {
    if (degrees == 0) {
      return planes;
    }
    Ops tf = scope.tf();
    int side = (int) planes.shape().get(2);
    double angle = Math.toRadians(Math.min(degrees, 45)); // which uncovers most
    int edge = (int) Math.ceil((Math.cos(angle) + Math.sin(angle) - 1) * side / 2);
    int[][] edges = {{0, 0}, {0, 0}, {edge, edge}, {edge, edge}};
    Operand<TFloat32> framed = tf.mirrorPad(planes, tf.constant(edges), "SYMMETRIC");
    return tf.slice(
        Rotation.random(scope, framed, degrees),
        scope.ints(0, 0, edge, edge),
        scope.ints(-1, -1, side, side));
  }

  private static Operand<TFloat32> cropped(
      GraphScope scope, Operand<TUint8> images, int channels, Settings s, double flip) {
    Ops tf = scope.tf();
    int side = s.get(SIZE);
    RandomCrop crop =
        RandomCrop.draw(scope, tf.shape(images), side, new Range(s.get(CROP_MIN), 1), flip);
    Operand<TFloat32> x =
        Resample.planes(tf, images, crop.rows(), crop.columns(), side, Sampling.BILINEAR);
    return scaled(scope, x, channels, side);
  }

  /** To [0, 1]; says the side, which turning must know. */
  private static Operand<TFloat32> scaled(
      GraphScope scope, Operand<TFloat32> planes, int channels, int side) {
    return scope
        .tf()
        .reshape(
            scope.tf().math.mul(planes, scope.constant(BYTE)),
            scope.ints(channels, -1, side, side));
  }

  /** All of the image, whatever its proportions, [C, B, side, side]. */
  private static Operand<TFloat32> whole(Ops tf, Operand<TUint8> images, int side) {
    if (images.shape().get(1) == side && images.shape().get(2) == side) {
      return Planes.of(tf, images);
    }
    Operand<TFloat32> shape = tf.dtypes.cast(tf.shape(images), TFloat32.class);
    return Resample.planes(
        tf, images, axis(tf, shape, 1, side), axis(tf, shape, 2, side), side, Sampling.BILINEAR);
  }

  private static Window axis(Ops tf, Operand<TFloat32> shape, int axis, int side) {
    Operand<TFloat32> length = // [1, 1, 1]
        tf.reshape(
            tf.slice(shape, tf.constant(new int[] {axis}), tf.constant(new int[] {1})),
            tf.constant(new int[] {1, 1, 1}));
    Operand<TFloat32> start = tf.reshape(tf.constant(0f), tf.constant(new int[] {1, 1, 1}));
    return Window.crop(tf, start, length, side, tf.constant(1f));
  }
}
