package juxta.benchmarks;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Trains in DJL, one step for each line that it reads. The batch exists already: DJL is spared the
 * augmentation.
 */
public final class DjlPeer {
  private DjlPeer() {}

  /**
   * Runs until its input ends.
   *
   * @param args network, batch and side
   * @throws IOException if the input cannot be read
   */
  public static void main(String[] args) throws IOException {
    DjlTask task = PeerTask.of(args[0]).djl();
    int batch = Integer.parseInt(args[1]);
    Options options = Options.DEFAULTS.sized(batch, Integer.parseInt(args[2]));
    SequentialBlock network = task.network();
    try (Model model = Model.newInstance("peer", "PyTorch")) {
      model.setBlock(network);
      try (Trainer trainer = model.newTrainer(config(batch))) {
        trainer.initialize(task.input(options));
        System.out.println("ready " + parameters(network));
        serve(trainer, task, options);
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
        .optInitializer(new NormalInitializer(0.02f), Parameter.Type.OTHER)
        .optOptimizer(
            Optimizer.sgd()
                .setLearningRateTracker(Tracker.fixed((float) SimclrSetup.rate(batch)))
                .optMomentum((float) SimclrSetup.MOMENTUM)
                .optWeightDecays((float) SimclrSetup.DECAY)
                .build());
  }

  private static void serve(Trainer trainer, DjlTask task, Options options) throws IOException {
    NDManager manager = trainer.getManager();
    NDArray batch = task.batch(manager, options);
    DjlTask.Loss loss = task.loss(manager, options);
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (requests.readLine() != null) {
      Stopwatch watch = Stopwatch.start();
      Lane.Sample sample = watch.stop(step(trainer, batch, loss));
      System.out.println("done " + sample.millis() + " " + sample.cpu() + " " + sample.loss());
    }
  }

  private static float step(Trainer trainer, NDArray batch, DjlTask.Loss rule) {
    try (NDManager arrays = trainer.getManager().newSubManager()) {
      NDArray x = batch.duplicate();
      x.attach(arrays); // what is computed from it is freed with it
      NDArray loss;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        loss = rule.of(trainer.forward(new NDList(x)).singletonOrThrow());
        gradients.backward(loss);
      }
      trainer.step();
      return loss.getFloat();
    }
  }
}
