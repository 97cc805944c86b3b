package juxta.plugin.baselines.evaluators;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A picture of the worst, the median and the best case, from left to right, each by the slice in
 * which most is wrong, with x to the right and y down. Outlines: the true mask blue, the predicted
 * one orange, both green.
 */
final class VolumePicture {
  private static final int TRUTH = 0x3399ff;
  private static final int PREDICTION = 0xff8800;
  private static final int BOTH = 0x33dd33;

  /** Pixels that the longer side of a slice has at least. */
  private static final int SIDE = 400;

  /** Pixels that an outline is thick: voxels beneath can still be seen. */
  private static final int LINE = 2;

  private static final int GAP = 8;

  private VolumePicture() {}

  static void write(List<VolumeSlice> slices, Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(draw(chosen(slices)), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    LeftFile.write(file, bytes.toByteArray());
  }

  /** No case is shown twice, so there are fewer than three of one or two. */
  static List<VolumeSlice> chosen(List<VolumeSlice> slices) {
    List<VolumeSlice> sorted =
        slices.stream().sorted(Comparator.comparingDouble(VolumeSlice::dice)).toList();
    int last = sorted.size() - 1;
    return List.of(0, last / 2, last).stream().distinct().map(sorted::get).toList();
  }

  private static BufferedImage draw(List<VolumeSlice> slices) {
    int width = slices.stream().mapToInt(s -> s.width() * zoom(s) + GAP).sum() - GAP;
    int height = slices.stream().mapToInt(s -> s.height() * zoom(s)).max().orElse(1);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int left = 0;
    for (VolumeSlice slice : slices) {
      int zoom = zoom(slice);
      for (int x = 0; x < slice.width() * zoom; x++) {
        for (int y = 0; y < slice.height() * zoom; y++) {
          image.setRGB(left + x, y, colour(slice, x, y, zoom));
        }
      }
      left += slice.width() * zoom + GAP;
    }
    return image;
  }

  private static int zoom(VolumeSlice slice) {
    int side = Math.max(slice.width(), slice.height());
    return (SIDE + side - 1) / side;
  }

  private static int colour(VolumeSlice slice, int x, int y, int zoom) {
    boolean truth = slice.outlined(slice.truth(), x, y, zoom, LINE);
    boolean prediction = slice.outlined(slice.prediction(), x, y, zoom, LINE);
    if (truth || prediction) {
      return truth && prediction ? BOTH : truth ? TRUTH : PREDICTION;
    }
    return slice.grey()[x / zoom * slice.height() + y / zoom] * 0x010101;
  }
}
