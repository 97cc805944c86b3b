package juxta.benchmarks;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Trains in DJL, one step for each line that it reads. The views exist already, one batch of them:
 * DJL is spared the augmentation.
 */
public final class DjlPeer {
  private DjlPeer() {}

  /**
   * Runs until its input ends.
   *
   * @param args batch and side
   * @throws IOException if the input cannot be read
   */
  public static void main(String[] args) throws IOException {
    int batch = Integer.parseInt(args[0]);
    int side = Integer.parseInt(args[1]);
    SequentialBlock encoder = DjlNetwork.encoder();
    SequentialBlock head = DjlNetwork.head(512, SimclrSetup.PROJECTION);
    try (Model model = Model.newInstance("simclr", "PyTorch")) {
      model.setBlock(new SequentialBlock().add(encoder).add(head));
      try (Trainer trainer = model.newTrainer(config(batch))) {
        trainer.initialize(new Shape(2L * batch, 3, side, side));
        System.out.println("ready " + parameters(encoder));
        serve(trainer, batch, side);
      }
    }
  }

  /** Number of trained values; running statistics are parameters too in DJL. */
  static long parameters(SequentialBlock block) {
    return block.getParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(p -> p.getShape().size())
        .sum();
  }

  private static DefaultTrainingConfig config(int batch) {
    return new DefaultTrainingConfig(Loss.l2Loss())
        .optDevices(new Device[] {Device.cpu()})
        .optInitializer(
            new XavierInitializer(
                XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.IN, 2),
            Parameter.Type.WEIGHT)
        .optOptimizer(
            Optimizer.sgd()
                .setLearningRateTracker(Tracker.fixed((float) SimclrSetup.rate(batch)))
                .optMomentum((float) SimclrSetup.MOMENTUM)
                .optWeightDecays((float) SimclrSetup.DECAY)
                .build());
  }

  private static void serve(Trainer trainer, int batch, int side) throws IOException {
    NDManager manager = trainer.getManager();
    int n = 2 * batch;
    NDArray views = manager.create(views(batch, side), new Shape(n, 3, side, side));
    NDArray self = manager.eye(n);
    NDArray targets = self.get(batch + ":").concat(self.get(":" + batch), 0);
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (requests.readLine() != null) {
      Stopwatch watch = Stopwatch.start();
      Lane.Sample sample = watch.stop(step(trainer, views, targets, self));
      System.out.println("done " + sample.millis() + " " + sample.cpu() + " " + sample.loss());
    }
  }

  private static float step(Trainer trainer, NDArray views, NDArray targets, NDArray self) {
    try (NDManager arrays = trainer.getManager().newSubManager()) {
      NDArray x = views.duplicate();
      x.attach(arrays); // what is computed from it is freed with it
      NDArray loss;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDArray z = trainer.forward(new NDList(x)).singletonOrThrow();
        loss = DjlNetwork.loss(z, targets, self, (float) SimclrSetup.TEMPERATURE);
        gradients.backward(loss);
      }
      trainer.step();
      return loss.getFloat();
    }
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
