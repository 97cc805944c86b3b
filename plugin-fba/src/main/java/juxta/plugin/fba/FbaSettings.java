package juxta.plugin.fba;

import java.util.List;
import juxta.api.Setting;

/** What a user may change about the methods of this plug-in. */
final class FbaSettings {
  static final Setting<Integer> ITERATIONS =
      Setting.integer("iterations", 15_000)
          .range(1, 100_000_000)
          .describe("training steps")
          .source("train_3d.py");

  static final Setting<Integer> LABELLED_BATCH =
      Setting.integer("labelled-batch", 2)
          .range(1, 1024)
          .describe(
              "labelled cases of a step; the rest of the batch is unlabelled, and labelled-only and"
                  + " all-labels leave it out, so that all rows see as many")
          .source("train_3d.py: 2 of 4");

  static final Setting<Double> RATE =
      Setting.real("rate", 0.01).range(0, 100).describe("learning rate").source("train_3d.py");

  static final Setting<String> OPTIMIZER =
      Setting.choice("optimizer", "sgd", "sgd", "adam")
          .describe("SGD with momentum 0.9, or Adam, which needs fewer steps")
          .source("train_3d.py: sgd");

  static final Setting<String> RATE_SCHEDULE =
      Setting.choice("rate-schedule", "constant", "constant", "cosine")
          .describe("constant, or falling to 0 along half a cosine")
          .source("train_3d.py: constant");

  static final Setting<Double> DECAY =
      Setting.real("weight-decay", 1e-4)
          .range(0, 10)
          .describe("weight decay, on all weights")
          .source("train_3d.py");

  static final Setting<Double> DROPOUT =
      Setting.real("decoder-dropout", 0.5)
          .range(0, 0.99)
          .describe("probability that a channel before the logits is dropped in training")
          .source("networks/VNet.py");

  static final Setting<Double> CONSISTENCY =
      Setting.real("consistency-weight", 1)
          .range(0, 1000)
          .describe("greatest weight of the consistency of the decoders")
          .source("train_3d.py");

  static final Setting<Double> CONTRAST =
      Setting.real("contrast-weight", 1)
          .range(0, 1000)
          .describe("weight of the contrast of foreground and background")
          .source("train_3d.py");

  static final Setting<String> DESCRIPTORS =
      Setting.choice("contrast", "released", "released", "pooled")
          .describe(
              "what is contrasted. released: maps of fore- and background, projected with a bias"
                  + " that soon makes all of them alike, so that nothing is learned from them;"
                  + " pooled: the decoder's features, averaged with the maps as weights; with a"
                  + " contrast-weight of 0.01 it is as large as the other terms")
          .source("train_3d.py: released; pooled: own choice");

  static final Setting<Double> TEMPERATURE =
      Setting.real("sharpening", 0.1)
          .range(0.01, 1)
          .describe("T of the sharpened probabilities")
          .source("train_3d.py");

  static final Setting<Integer> RAMP_STEP =
      Setting.integer("ramp-step", 150)
          .range(1, 1_000_000)
          .describe("iterations between two values of the ramp of the consistency")
          .source("train_3d.py");

  static final Setting<Integer> RAMP_LENGTH =
      Setting.integer("ramp-length", 40)
          .range(0, 1_000_000)
          .describe("values until the ramp has reached its end")
          .source("train_3d.py");

  static final Setting<Boolean> HALVED =
      Setting.flag("halved-dice", false)
          .describe("with three classes or more, Dice without its factor 2, so 0.5 at best")
          .source("train_2d.py has it so; the usual Dice by default");

  static final Setting<String> SELECT =
      Setting.choice("select", "validation", "validation", "last", "test")
          .describe(
              "weights that are kept: those with the best mean Dice on the validation scans (the"
                  + " last ones if there are none), the last ones, or the best on the test scans,"
                  + " which leaks")
          .source("own choice; train_3d.py selects on the test list");

  static final Setting<Integer> SELECT_EVERY =
      Setting.integer("select-every", 200)
          .range(1, 1_000_000)
          .describe("iterations between two looks at held-out scans")
          .source("train_3d.py, which begins at iteration 800");

  /** What every arm has. */
  static final List<Setting<?>> COMMON =
      List.of(
          ITERATIONS,
          LABELLED_BATCH,
          OPTIMIZER,
          RATE,
          RATE_SCHEDULE,
          DECAY,
          DROPOUT,
          HALVED,
          SELECT,
          SELECT_EVERY);

  /** What arms that contrast foreground and background have. */
  static final List<Setting<?>> PARTING = List.of(CONTRAST, DESCRIPTORS);

  /** What arms with decoders that must agree have. */
  static final List<Setting<?>> AGREEMENT =
      List.of(CONSISTENCY, TEMPERATURE, RAMP_STEP, RAMP_LENGTH);

  static Setting<Double> dice(double usual) {
    return Setting.real("dice-weight", usual)
        .range(0, 1000)
        .describe("weight of the Dice loss of each decoder")
        .source("train_3d.py: 0.5; train_fba.py and train_2d.py: 1");
  }

  private FbaSettings() {}
}
