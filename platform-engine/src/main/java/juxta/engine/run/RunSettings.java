package juxta.engine.run;

import java.util.List;
import java.util.Optional;
import juxta.api.Setting;

/** The settings that every run has, whatever the method. */
public final class RunSettings {
  /** Id of the encoder. */
  public static final Setting<Optional<String>> ENCODER =
      Setting.text("encoder")
          .unset("none", "")
          .describe("network that makes features; see 'juxta list encoders'");

  /** Id of the augmentation. */
  public static final Setting<Optional<String>> AUGMENTATION =
      Setting.text("augmentation")
          .unset("none", "")
          .describe("id of the augmentation; see 'juxta list augmentations'");

  /** Id of the loss. */
  public static final Setting<Optional<String>> LOSS =
      Setting.text("loss").unset("none", "").describe("id of the loss; see 'juxta list losses'");

  /** Passes over the training data. */
  public static final Setting<Optional<Integer>> EPOCHS =
      Setting.integer("epochs")
          .range(0, 1_000_000)
          .unset("the preset's")
          .describe("passes over the training data");

  /** Records a step. */
  public static final Setting<Optional<Integer>> BATCH =
      Setting.integer("batch").range(1, 1 << 20).unset("the preset's").describe("records a step");

  /** The run's seed. */
  public static final Setting<Integer> SEED =
      Setting.integer("seed", 0).atLeast(0).describe("seed of everything that is random");

  /** Which fold of the data is tested. */
  public static final Setting<Optional<String>> FOLD =
      Setting.text("fold")
          .unset("the data as they are split", "")
          .describe("I/N, as 2/5: test on the I-th of N folds of the data, train on the others");

  /** Arithmetic of training steps. */
  public static final Setting<String> PRECISION =
      Setting.choice("precision", "float32", "float32", "bf16", "auto")
          .describe("arithmetic of training; auto: bf16 where the device multiplies it fast");

  /** Where sessions run. */
  public static final Setting<String> DEVICE =
      Setting.text("device", "auto")
          .describe("auto (the first card, else the processor), cpu, or gpu:N");

  /** Devices of this machine that share each batch. */
  public static final Setting<Optional<String>> DEVICES =
      Setting.text("devices")
          .unset("the one of --device", "")
          .describe("devices that share each batch: all, gpu:0,gpu:1 or, to try it, cpu:0,cpu:1");

  /** Other machines that share each batch. */
  public static final Setting<Optional<String>> WORKERS =
      Setting.text("workers")
          .unset("no others", "")
          .describe("machines that share each batch, HOST:PORT,… where 'juxta worker' runs");

  /** How long a step may take on several machines. */
  public static final Setting<Integer> WORKER_TIMEOUT =
      Setting.integer("worker-timeout", 300)
          .range(1, 86_400)
          .describe("seconds after which a step with --workers counts as failed");

  /** Whose statistics batch normalisation uses where several devices share a batch. */
  public static final Setting<String> BATCH_NORM =
      Setting.choice("batch-norm", "batch", "batch", "part")
          .describe("statistics of the whole batch or, on several devices, of each one's part");

  /** Whether TensorFlow's compiler is used. */
  public static final Setting<Boolean> XLA =
      Setting.flag("xla", false).describe("compile what can be compiled, on a card");

  /** Threads of one operation. */
  public static final Setting<Optional<Integer>> THREADS =
      Setting.integer("threads").range(1, 1024).unset("one a core", "0").describe("threads");

  /** Steps between checkpoints. */
  public static final Setting<Optional<Integer>> CHECKPOINT_EVERY =
      Setting.integer("checkpoint-every")
          .atLeast(1)
          .unset("the end of an epoch, at most one in 30 s", "0")
          .describe("steps between checkpoints");

  /** Steps between looks at the scalars of steps. */
  public static final Setting<Optional<Integer>> METRICS_EVERY =
      Setting.integer("metrics-every")
          .range(1, 10_000)
          .unset("1 on a processor, 20 on a card", "0")
          .describe("steps after which their scalars are fetched");

  /** Evaluators that look at the model while it is trained. */
  public static final Setting<Optional<String>> PROBE =
      Setting.text("probe")
          .unset("none", "")
          .describe("evaluators, as knn,linear, that look at the model while it is trained");

  /** Steps between two looks. */
  public static final Setting<Optional<Integer>> PROBE_EVERY =
      Setting.integer("probe-every")
          .range(1, 100_000_000)
          .unset("an epoch's")
          .describe("steps between two looks of --probe, and one after the last step");

  /** How much of the time looks may take. */
  public static final Setting<Double> PROBE_SHARE =
      Setting.real("probe-share", 0.03)
          .range(1e-6, 1)
          .describe("share of the time that --probe may take; 1: a look is never left out");

  /** All of them. */
  public static final List<Setting<?>> ALL =
      List.of(
          ENCODER,
          AUGMENTATION,
          LOSS,
          EPOCHS,
          BATCH,
          SEED,
          FOLD,
          PRECISION,
          DEVICE,
          DEVICES,
          WORKERS,
          WORKER_TIMEOUT,
          BATCH_NORM,
          XLA,
          THREADS,
          CHECKPOINT_EVERY,
          METRICS_EVERY,
          PROBE,
          PROBE_EVERY,
          PROBE_SHARE);

  private RunSettings() {}
}
