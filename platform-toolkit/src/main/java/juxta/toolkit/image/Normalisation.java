package juxta.toolkit.image;

import java.util.List;
import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Shifts and scales values so that a data set's channels have mean 0 and deviation 1. */
public enum Normalisation {
  /** Values stay in [0, 1], as in SimCLR's TensorFlow code. */
  NONE(new double[] {0, 0, 0}, new double[] {1, 1, 1}),
  /** Statistics of ImageNet, as torchvision's reference scripts use them. */
  IMAGENET(new double[] {0.485, 0.456, 0.406}, new double[] {0.229, 0.224, 0.225}),
  /** From -1 to 1, as Inception's and MobileNet's TensorFlow weights want it. */
  INCEPTION(new double[] {0.5, 0.5, 0.5}, new double[] {0.5, 0.5, 0.5}),
  /** Statistics of CIFAR-10 as the MoCo demo and most CIFAR repositories use them. */
  CIFAR(new double[] {0.4914, 0.4822, 0.4465}, new double[] {0.2023, 0.1994, 0.2010}),
  /** From 0 to 255 less ImageNet's mean, as weights that come from Caffe want it. */
  CAFFE(
      new double[] {123.0 / 255, 117.0 / 255, 104.0 / 255},
      new double[] {1.0 / 255, 1.0 / 255, 1.0 / 255});

  private final double[] mean;
  private final double[] deviation;

  Normalisation(double[] mean, double[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * The name of a setting's choice.
   *
   * @return the name in lower case
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What each channel is shifted by.
   *
   * @param channels 3, or 1, which uses the average of the three
   * @return a number a channel
   */
  public List<Double> mean(int channels) {
    return perChannel(mean, channels);
  }

  /**
   * What each channel is divided by.
   *
   * @param channels 3, or 1, which uses the average of the three
   * @return a number a channel
   */
  public List<Double> deviation(int channels) {
    return perChannel(deviation, channels);
  }

  private static List<Double> perChannel(double[] three, int channels) {
    return channels == 3
        ? List.of(three[0], three[1], three[2])
        : List.of((three[0] + three[1] + three[2]) / 3);
  }

  /**
   * Normalises.
   *
   * @param tf where to build
   * @param x values in [0, 1] whose axis {@code axis} is the channel
   * @param channels 3, or 1, which uses the average of the three
   * @param axis the first or the last of four
   * @return of the same shape
   */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, int channels, int axis) {
    if (this == NONE) {
      return x;
    }
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    for (int c = 0; c < channels; c++) {
      double m = mean(channels).get(c);
      double d = deviation(channels).get(c);
      scale[c] = (float) (1 / d);
      shift[c] = (float) (-m / d);
    }
    int[] shape = {1, 1, 1, 1};
    shape[axis] = channels;
    return tf.math.add(
        tf.math.mul(x, tf.reshape(tf.constant(scale), tf.constant(shape))),
        tf.reshape(tf.constant(shift), tf.constant(shape)));
  }
}
