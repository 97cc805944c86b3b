package juxta.launcher.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Value;
import juxta.picture.Picture;
import juxta.toolkit.graph.Tensors;

/** Makes pictures of images and of the middle slices of scans. */
final class Tiles {
  /** Values of a scan that its window is found from, at most. */
  private static final int SAMPLED = 100_000;

  private static final double LOW = 0.005;
  private static final double HIGH = 0.995;

  private Tiles() {}

  /**
   * Which values are black and white.
   *
   * @param low the value that is black
   * @param high the value that is white
   */
  record Window(double low, double high) {
    static final Window BYTES = new Window(0, 255);

    int level(double value) {
      double share = high > low ? (value - low) / (high - low) : 0.5;
      return Double.isFinite(share) ? (int) Math.round(255 * Math.max(0, Math.min(1, share))) : 0;
    }
  }

  /**
   * An image: of one channel grey, of more the first three as red, green and blue.
   *
   * @param image [H, W, C]
   * @param windows by channel; of one that is missing that of the channel before
   */
  static Tile image(Value image, List<Window> windows) {
    Numbers numbers = new Numbers(image);
    int height = image.shape().get(0).intValue();
    int width = image.shape().get(1).intValue();
    int channels = image.shape().get(2).intValue();
    return Tile.of(
        Picture.painted(
            height,
            width,
            (y, x) -> {
              int rgb = 0;
              for (int c = 0; c < 3; c++) {
                int channel = channels < 3 ? 0 : c;
                Window window = windows.get(Math.min(channel, windows.size() - 1));
                double value = numbers.at((y * width + x) * channels + channel);
                rgb = rgb << 8 | window.level(value);
              }
              return rgb;
            }));
  }

  /** Windows for an image as it is stored: of bytes all of them, else what its values take up. */
  static List<Window> windows(Value image) {
    if (image.type() == FieldType.UINT8) {
      return List.of(Window.BYTES);
    }
    return List.of(window(image));
  }

  /** Windows for views, by what black and white have become in them. */
  static List<Window> windows(float[] black, float[] white) {
    List<Window> windows = new ArrayList<>();
    for (int c = 0; c < black.length; c++) {
      windows.add(new Window(black[c], white[c]));
    }
    return windows;
  }

  /**
   * The window of a scan: what nearly all of its values lie in.
   *
   * @param volume [X, Y, Z, C]
   * @param lengths voxels along the axes, without what the scan was filled up with
   */
  static Window window(Value volume, int[] lengths) {
    Numbers numbers = new Numbers(volume);
    int channels = volume.shape().get(3).intValue();
    double all = (double) lengths[0] * lengths[1] * lengths[2];
    int stride = Math.max(1, (int) Math.cbrt(all / SAMPLED));
    return window(
        Axes.inside(volume, lengths, stride).mapToDouble(voxel -> numbers.at(voxel * channels)));
  }

  private static Window window(Value value) {
    Numbers numbers = new Numbers(value);
    int stride = Math.max(1, numbers.size() / SAMPLED);
    return window(
        IntStream.iterate(0, i -> i < numbers.size(), i -> i + stride).mapToDouble(numbers::at));
  }

  private static Window window(DoubleStream values) {
    double[] sorted = values.filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0
        ? new Window(0, 1)
        : new Window(
            sorted[(int) ((sorted.length - 1) * LOW)],
            sorted[(int) Math.ceil((sorted.length - 1) * HIGH)]);
  }

  /**
   * The middle slices across x, y and z. Across z x runs to the right and y downwards; in the other
   * two z runs upwards.
   *
   * @param volume [X, Y, Z, C], of which the first channel is seen
   * @param mask [X, Y, Z], if there is one
   * @param lengths voxels along the axes, without what the scan was filled up with
   * @param window which values are black and white
   * @param spacing of voxels along the axes
   */
  static List<Tile> slices(
      Value volume, Optional<Value> mask, int[] lengths, Window window, float[] spacing) {
    int sy = volume.shape().get(1).intValue();
    int sz = volume.shape().get(2).intValue();
    int channels = volume.shape().get(3).intValue();
    Numbers numbers = new Numbers(volume);
    Optional<Numbers> classes =
        mask.filter(m -> m.shape().equals(volume.shape().subList(0, 3))).map(Numbers::new);
    List<Tile> tiles = new ArrayList<>();
    for (int across = 0; across < 3; across++) {
      int middle = lengths[across] / 2;
      int right = across == 0 ? 1 : 0;
      int down = across == 2 ? 1 : 2;
      int axis = across;
      IntBinaryOperator place =
          (row, column) -> {
            int[] at = new int[3];
            at[axis] = middle;
            at[right] = column;
            at[down] = down == 2 ? lengths[2] - 1 - row : row;
            return (at[0] * sy + at[1]) * sz + at[2];
          };
      Picture seen =
          Picture.painted(
              lengths[down],
              lengths[right],
              (y, x) -> 0x010101 * window.level(numbers.at(place.applyAsInt(y, x) * channels)));
      Tile tile = new Tile(seen, Optional.empty(), spacing[down], spacing[right]);
      tiles.add(
          classes
              .map(c -> tile.masked(indices(c, place, lengths[down], lengths[right])))
              .orElse(tile));
    }
    return tiles;
  }

  private static byte[] indices(Numbers classes, IntBinaryOperator place, int rows, int columns) {
    byte[] indices = new byte[rows * columns];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (byte) classes.at(place.applyAsInt(i / columns, i % columns));
    }
    return indices;
  }

  /** The class indices of a mask of an image, row by row. */
  static byte[] indices(Value mask) {
    byte[] indices = new byte[mask.data().remaining()];
    mask.data().get(indices);
    return indices;
  }

  /** Millimetres between voxels; where nobody says, the same along all axes. */
  static float[] spacing(Map<String, Value> record) {
    Value spacing = record.get(Field.SPACING);
    float[] known = {1, 1, 1};
    if (spacing != null && spacing.shape().equals(List.of(3L))) {
      known = Tensors.floats(spacing);
    }
    for (float length : known) {
      if (!(length > 0) || Float.isInfinite(length)) {
        return new float[] {1, 1, 1};
      }
    }
    return known;
  }
}
