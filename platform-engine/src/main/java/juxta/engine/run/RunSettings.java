package juxta.engine.run;

import java.util.List;
import juxta.api.Setting;

/** The settings that every run has, whatever the method. */
public final class RunSettings {
  /** Id of the encoder. */
  public static final Setting<String> ENCODER =
      Setting.text("encoder", "").describe("id of the encoder; see 'juxta list encoders'");

  /** Id of the augmentation. */
  public static final Setting<String> AUGMENTATION =
      Setting.text("augmentation", "")
          .describe("id of the augmentation; see 'juxta list augmentations'");

  /** Id of the loss. */
  public static final Setting<String> LOSS =
      Setting.text("loss", "").describe("id of the loss; see 'juxta list losses'");

  /** Passes over the training data. */
  public static final Setting<Integer> EPOCHS =
      Setting.integer("epochs", 0).range(0, 1_000_000).describe("passes over the training data");

  /** Records a step. */
  public static final Setting<Integer> BATCH =
      Setting.integer("batch", 0).range(1, 1 << 20).describe("records a step");

  /** The run's seed. */
  public static final Setting<Integer> SEED =
      Setting.integer("seed", 0).atLeast(0).describe("seed of everything that is random");

  /** Arithmetic of training steps. */
  public static final Setting<String> PRECISION =
      Setting.choice("precision", "float32", "float32", "bf16", "auto")
          .describe("arithmetic of training; auto: bf16 where the device multiplies it fast");

  /** Where sessions run. */
  public static final Setting<String> DEVICE =
      Setting.text("device", "auto")
          .describe("auto (the first card, else the processor), cpu, or gpu:N");

  /** Whether TensorFlow's compiler is used. */
  public static final Setting<Boolean> XLA =
      Setting.flag("xla", false).describe("compile what can be compiled, on a card");

  /** Threads of one operation. */
  public static final Setting<Integer> THREADS =
      Setting.integer("threads", 0).range(0, 1024).describe("threads, 0 for one a core");

  /** Steps between checkpoints. */
  public static final Setting<Integer> CHECKPOINT_EVERY =
      Setting.integer("checkpoint-every", 0)
          .atLeast(0)
          .describe("steps between checkpoints, 0 for the end of an epoch, at most one in 30 s");

  /** Steps between looks at the scalars of steps. */
  public static final Setting<Integer> METRICS_EVERY =
      Setting.integer("metrics-every", 0)
          .range(0, 10_000)
          .describe(
              "steps after which their scalars are fetched; 0: 1 on a processor, 20 on a card");

  /** All of them. */
  public static final List<Setting<?>> ALL =
      List.of(
          ENCODER,
          AUGMENTATION,
          LOSS,
          EPOCHS,
          BATCH,
          SEED,
          PRECISION,
          DEVICE,
          XLA,
          THREADS,
          CHECKPOINT_EVERY,
          METRICS_EVERY);

  private RunSettings() {}
}
