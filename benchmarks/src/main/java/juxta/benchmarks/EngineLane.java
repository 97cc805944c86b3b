package juxta.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import juxta.api.Method;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.engine.train.Monitor;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.PhaseState;
import juxta.engine.train.Precision;
import juxta.engine.train.Trainer;
import juxta.plugin.baselines.encoders.ResNet18;
import juxta.plugin.baselines.methods.Simclr;

/**
 * Juxta's own training loop, held after each step until the next one is asked for. A step is all
 * that a run pays for: batches from data on the device, augmentation, the network, the loss, the
 * update, scalars and the watch for collapse.
 */
final class EngineLane implements Lane {
  private final String name;
  private final Semaphore go = new Semaphore(0);
  private final Semaphore done = new Semaphore(0);
  private final CountDownLatch ready = new CountDownLatch(1);
  private final Thread thread;
  private volatile Throwable fault;
  private volatile double loss;

  /**
   * Starts training; the first step waits.
   *
   * @param name name in tables
   * @param method what is trained
   * @param setup how; its epochs are as many steps as will be asked for
   * @param precision arithmetic
   * @param threads threads of one operation
   */
  EngineLane(String name, Method method, Setup setup, Precision precision, int threads) {
    this(
        name,
        method,
        setup,
        new Trainer.Conditions(setup.data(), setup.seed(), precision, threads, Path.of(".")));
  }

  /**
   * Starts training; the first step waits.
   *
   * @param name name in tables
   * @param method what is trained
   * @param setup how; its epochs are as many steps as will be asked for
   * @param conditions where
   */
  EngineLane(String name, Method method, Setup setup, Trainer.Conditions conditions) {
    this.name = name;
    Trainer trainer =
        new Trainer(
            method.plan(setup),
            conditions,
            new Gate(),
            NEVER,
            () -> false,
            (phase, scalar, value) -> {});
    thread = new Thread(() -> train(trainer), name);
    thread.setDaemon(true);
    thread.start();
    await(ready);
  }

  /** SimCLR on ResNet-18 with the stem for small images. */
  static EngineLane resnet18(String name, Noise data, Precision precision, Options options) {
    int perEpoch = data.size() / options.batch();
    int epochs = (options.total() + perEpoch - 1) / perEpoch;
    return new EngineLane(
        name,
        new Simclr(),
        new SimclrSetup(data, new ResNet18(), CIFAR_STEM, options.batch(), epochs),
        precision,
        options.threads());
  }

  static final Settings CIFAR_STEM = Settings.of(Map.of("stem", "cifar"));

  private void train(Trainer trainer) {
    try {
      trainer.run(new ParameterStore(), PhaseState.START);
    } catch (Stopped e) {
      // closed before its last step
    } catch (RuntimeException | Error e) {
      fault = e;
    } finally {
      ready.countDown();
      done.release();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Sample step() {
    Stopwatch watch = Stopwatch.start();
    go.release();
    done.acquireUninterruptibly();
    check();
    return watch.stop(loss);
  }

  private void check() {
    if (fault != null) {
      throw new IllegalStateException(name + " failed", fault);
    }
  }

  private void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    check();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Leaves the training loop. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Holds the training thread between steps. */
  private final class Gate implements Monitor {
    @Override
    public void phase(String phase, long steps, long before, long records) {
      ready.countDown();
      hold();
    }

    @Override
    public void step(String phase, long step, double epoch, Map<String, Double> scalars) {
      loss = scalars.get(Step.LOSS);
      done.release();
      hold();
    }

    private void hold() {
      try {
        go.acquire();
      } catch (InterruptedException e) {
        throw new Stopped();
      }
    }

    @Override
    public void progress(long unitsDone, long total, String unit) {}

    @Override
    public void warn(String message) {}

    @Override
    public void end() {}
  }

  private static final Trainer.Saver NEVER =
      new Trainer.Saver() {
        @Override
        public boolean due(long step, boolean endOfEpoch) {
          return false;
        }

        @Override
        public String save(ParameterStore store, PhaseState state) {
          return last();
        }

        @Override
        public String last() {
          return "none";
        }
      };
}
