package juxta.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import java.util.Random;

/**
 * SimCLR on an encoder.
 *
 * @param encoder images [N, 3, H, W] to features [N, width]
 * @param width length of a feature
 */
record DjlSimclr(SequentialBlock encoder, int width) implements DjlTask {
  @Override
  public SequentialBlock network() {
    return new SequentialBlock().add(encoder).add(DjlNetwork.head(width, SimclrSetup.PROJECTION));
  }

  @Override
  public Shape input(Options options) {
    return new Shape(2L * options.batch(), 3, options.side(), options.side());
  }

  @Override
  public NDArray batch(NDManager manager, Options options) {
    return manager.create(views(options.batch(), options.side()), input(options));
  }

  @Override
  public Loss loss(NDManager manager, Options options) {
    int batch = options.batch();
    NDArray self = manager.eye(2 * batch);
    NDArray targets = self.get(batch + ":").concat(self.get(":" + batch), 0);
    return z -> DjlNetwork.loss(z, targets, self, (float) SimclrSetup.TEMPERATURE);
  }

  /** The images, then the same with a little noise: two views, channels first. */
  private static float[] views(int batch, int side) {
    float[] images = new Noise(batch, side).floats(); // [B, H, W, 3]
    int plane = side * side;
    float[] views = new float[2 * images.length]; // [2B, 3, H, W]
    Random random = new Random(8);
    for (int i = 0; i < images.length; i++) {
      int image = i / (3 * plane);
      int to = image * 3 * plane + i % 3 * plane + i / 3 % plane;
      views[to] = images[i];
      views[images.length + to] = images[i] + (float) (0.1 * random.nextGaussian());
    }
    return views;
  }
}
