package juxta.plugin.patchmix;

import java.util.Arrays;
import java.util.function.BiFunction;
import juxta.api.GraphScope;
import juxta.testkit.Graphs;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Images whose pixels say where they come from: 1000 times the image's number plus the patch's
 * position in the first channel, the pixel's place within its patch in the second.
 *
 * @param batch B
 * @param across patches along a side
 * @param patch side of a patch
 */
record Coded(int batch, int across, int patch) {
  int patches() {
    return across * across;
  }

  int side() {
    return across * patch;
  }

  /** [B, H, H, 2]. */
  Operand<TFloat32> images(GraphScope scope) {
    float[] values = new float[batch * side() * side() * 2];
    each(
        (b, y, x, at) -> {
          values[at] = 1000 * b + position(y, x);
          values[at + 1] = (y % patch) * patch + x % patch;
        });
    return Graphs.tensor(scope, values, batch, side(), side(), 2);
  }

  /** Mixes the images and tells the image that each patch [B][T] comes from. */
  int[][] sources(long seed, BiFunction<GraphScope, Operand<TFloat32>, Operand<TFloat32>> mix) {
    return sources(Graphs.floats(seed, scope -> mix.apply(scope, images(scope))));
  }

  /** Fails unless every patch is whole and stands where it stood before. */
  int[][] sources(float[] mixed) {
    int[][] sources = new int[batch][patches()];
    Arrays.stream(sources).forEach(row -> Arrays.fill(row, -1));
    each(
        (b, y, x, at) -> {
          int position = Math.round(mixed[at]) % 1000;
          int source = Math.round(mixed[at]) / 1000;
          int place = (y % patch) * patch + x % patch;
          int before = sources[b][position(y, x)];
          if (position != position(y, x)
              || Math.round(mixed[at + 1]) != place
              || (before >= 0 && before != source)) {
            throw new AssertionError("image " + b + " has a wrong pixel at " + y + ", " + x);
          }
          sources[b][position] = source;
        });
    return sources;
  }

  private int position(int y, int x) {
    return (y / patch) * across + x / patch;
  }

  private interface Pixel {
    void visit(int b, int y, int x, int at);
  }

  private void each(Pixel pixel) {
    for (int b = 0; b < batch; b++) {
      for (int y = 0; y < side(); y++) {
        for (int x = 0; x < side(); x++) {
          pixel.visit(b, y, x, ((b * side() + y) * side() + x) * 2);
        }
      }
    }
  }
}
