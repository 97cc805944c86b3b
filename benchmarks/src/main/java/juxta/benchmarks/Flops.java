package juxta.benchmarks;

/** Operations of a training step, a multiplication and an addition each for one. */
final class Flops {
  private Flops() {}

  /**
   * Of convolutions and matrix products of a SimCLR step on ResNet-18 with the stem for small
   * images, in billions: forward, and twice as many backward, but for the first layer's input.
   */
  static double resnet18(int batch, int side) {
    double views = 2.0 * batch;
    double first = convolution(side, 3, 3, 64);
    double rest = 0;
    int in = 64;
    int map = side;
    for (int stage = 0; stage < 4; stage++) {
      int out = 64 << stage;
      if (stage > 0) {
        map = (map + 1) / 2;
        rest += convolution(map, 1, in, out);
      }
      rest += convolution(map, 3, in, out) + 3 * convolution(map, 3, out, out);
      in = out;
    }
    rest += 2.0 * 512 * 512 + 2.0 * 512 * SimclrSetup.PROJECTION;
    return 1e-9 * views * (2 * first + 3 * rest);
  }

  private static double convolution(int side, int kernel, int in, int out) {
    return 2.0 * side * side * kernel * kernel * in * out;
  }
}
