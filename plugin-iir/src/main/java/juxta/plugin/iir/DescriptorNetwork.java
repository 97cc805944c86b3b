package juxta.plugin.iir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.UserException;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Encoder, pooling, perhaps a linear layer, and length 1: an image's descriptor. */
final class DescriptorNetwork {
  /** Place of the encoder's parameters. */
  static final String ENCODER = "encoder";

  /** Place of the linear layer's parameters. */
  static final String LAYER = "descriptor";

  private final GraphScope root;
  private final Network encoder;
  private final Pooling pooling;
  private final Optional<Linear> layer;
  private final boolean unitFirst;
  private final int width;

  DescriptorNetwork(GraphScope root, Setup setup, Arm arm) {
    Settings s = setup.settings();
    this.root = root;
    this.encoder = setup.encoder(root.sub(ENCODER));
    this.pooling =
        Pooling.of(root.sub("pooling"), s.get(Pooling.KIND), s.get(Pooling.GEM_P), arm.tuned());
    int in = encoder.width();
    this.width = arm.tuned() ? s.get(IirSettings.SIZE).orElse(in) : in;
    this.layer =
        arm.tuned()
            ? Optional.of(
                new Linear(
                    root.sub(LAYER), in, width, identity(), Optional.of(Initializers.zeros())))
            : Optional.empty();
    this.unitFirst = arm.tuned() && s.get(IirSettings.START).equals("pca");
  }

  /** 1 on the diagonal, whatever the shape. */
  static Initializer<TFloat32> identity() {
    return (tf, shape, seed) -> {
      Operand<TInt32> rows = tf.range(tf.constant(0), tf.constant((int) shape[0]), tf.constant(1));
      return tf.oneHot(rows, tf.constant((int) shape[1]), tf.constant(1f), tf.constant(0f));
    };
  }

  /** Length D of the descriptor. */
  int width() {
    return width;
  }

  /** Images [B, H, W, C] of any size to descriptors [B, D] of length 1. */
  Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    Operand<TFloat32> f = encoder.apply(x, pass).map(Features.FEATURE_MAP); // [B, h, w, D]
    Operand<TFloat32> g = pooling.apply(f); // [B, D]
    if (layer.isPresent()) {
      g = layer.get().apply(unitFirst ? Similarity.unit(root, g) : g);
    }
    return Similarity.unit(root, g);
  }

  /** What comes before the linear layer, at length 1. */
  Operand<TFloat32> pooled(Operand<TFloat32> x, Pass pass) {
    return Similarity.unit(root, pooling.apply(encoder.apply(x, pass).map(Features.FEATURE_MAP)));
  }

  /**
   * Descriptors of images at several sizes: the mean of powers of each size's descriptor (GeM's
   * exponent where nothing linear comes after, else 1), at length 1 again.
   *
   * @param x [B, H, W, C] of any size
   * @param scales factors on height and width
   * @param whitened whether whitening comes after
   */
  Operand<TFloat32> scaled(Operand<TFloat32> x, List<Double> scales, boolean whitened) {
    if (scales.equals(List.of(1.0))) {
      return apply(x, Pass.INFERENCE);
    }
    Ops tf = root.tf();
    Optional<Operand<TFloat32>> p = // [1]
        pooling instanceof Gem gem && layer.isEmpty() && !whitened
            ? Optional.of(gem.exponent())
            : Optional.empty();
    List<Operand<TFloat32>> powers = new ArrayList<>();
    for (double scale : scales) {
      Operand<TFloat32> d = apply(resized(x, scale), Pass.INFERENCE); // [B, D]
      powers.add(p.isPresent() ? tf.math.pow(d, p.get()) : d);
    }
    Operand<TFloat32> mean = tf.math.div(tf.math.addN(powers), root.constant(scales.size()));
    return Similarity.unit(
        root, p.isPresent() ? tf.math.pow(mean, tf.math.reciprocal(p.get())) : mean);
  }

  /** Bilinear, to whole pixels, as PyTorch's interpolate with align_corners off. */
  private Operand<TFloat32> resized(Operand<TFloat32> x, double scale) {
    if (scale == 1) {
      return x;
    }
    Ops tf = root.tf();
    Operand<TInt32> size = // [2]
        tf.slice(tf.shape(x), root.ints(1), root.ints(2));
    Operand<TFloat32> scaled =
        tf.math.floor(
            tf.math.mul(tf.dtypes.cast(size, TFloat32.class), root.constant((float) scale)));
    return tf.image.resizeBilinear(
        x,
        tf.math.maximum(tf.dtypes.cast(scaled, TInt32.class), tf.constant(1)),
        org.tensorflow.op.image.ResizeBilinear.halfPixelCenters(true));
  }

  /** Reads the setting {@code scales}. */
  static List<Double> scales(String text) {
    List<Double> scales = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      double scale;
      try {
        scale = Double.parseDouble(part.strip());
      } catch (NumberFormatException e) {
        scale = Double.NaN;
      }
      if (!(scale >= 0.05 && scale <= 4)) {
        throw new UserException(
            "scales: '" + text + "' is no list of factors from 0.05 to 4, such as 1,0.7071,0.5");
      }
      scales.add(scale);
    }
    return List.copyOf(scales);
  }
}
