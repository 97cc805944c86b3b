package juxta.plugin.claires;

import java.util.List;
import juxta.api.Setting;

/** What a user may change about the method. */
final class ClairesSettings {
  private static final String TUTORIAL = "moein-shariatnia/OpenAI-CLIP";
  private static final String DISTILBERT = "distilbert-base-uncased";

  /** {@link #OBJECTIVE}: the tutorial's loss. */
  static final String SOFT = "soft";

  /** {@link #OBJECTIVE}: CLIP's loss. */
  static final String HARD = "hard";

  /** {@link #OBJECTIVE}: a loss of the platform. */
  static final String CHOSEN = "chosen";

  static final Setting<String> OBJECTIVE =
      Setting.choice("objective", SOFT, SOFT, HARD, CHOSEN)
          .describe(
              "soft: targets from the batch's own similarities; hard: CLIP's, equal texts share"
                  + " their target; chosen: that of --loss on cosines, with the targets of hard")
          .source(TUTORIAL + ", CLIP.py: soft");

  static final Setting<Double> TEMPERATURE =
      Setting.real("temperature", 1)
          .range(1e-3, 1e3)
          .describe("temperature of the soft objective")
          .source(TUTORIAL + ": 1.0");

  static final Setting<Double> FIRST_TEMPERATURE =
      Setting.real("first-temperature", 0.07)
          .range(0.01, 1e3)
          .describe("where the learned temperature of the hard objective starts; it ends at 0.01")
          .source("CLIP, arXiv 2103.00020, section 2.5");

  static final Setting<Double> HEAD_RATE = rate("head-rate", 1e-3, "projection heads");
  static final Setting<Double> IMAGE_RATE = rate("image-rate", 1e-4, "image encoder");
  static final Setting<Double> TEXT_RATE = rate("text-rate", 1e-5, "text encoder");

  static final Setting<Double> DECAY =
      Setting.real("weight-decay", 1e-3)
          .range(0, 10)
          .describe("weight decay of the heads' matrices; the encoders have none")
          .source(TUTORIAL + ", which also decays biases and normalisation");

  static final Setting<Double> FACTOR =
      Setting.real("plateau-factor", 0.8)
          .range(1e-3, 1)
          .describe("factor on all rates when the validation loss no longer improves")
          .source(TUTORIAL + ": 0.8");

  static final Setting<Integer> PATIENCE =
      Setting.integer("plateau-patience", 1)
          .range(0, 1_000_000)
          .describe("epochs without improvement that are borne before rates fall")
          .source(TUTORIAL + ": 1");

  static final Setting<Integer> STOP =
      Setting.integer("early-stop", 5)
          .range(0, 1_000_000)
          .describe("epochs without improvement after which training ends, 0 for never")
          .source("own choice");

  static final Setting<Integer> PROJECTION =
      Setting.integer("projection", 256)
          .range(1, 1 << 16)
          .describe("length of the embeddings of images and texts")
          .source(TUTORIAL + ": 256");

  static final Setting<Double> DROPOUT =
      Setting.real("projection-dropout", 0.1)
          .range(0, 0.99)
          .describe("dropout of the projection heads")
          .source(TUTORIAL + ": 0.1");

  static final Setting<Boolean> PARAPHRASE =
      Setting.flag("paraphrase", true)
          .describe("train on all wordings of the field 'caption', one drawn for each record")
          .source("own choice: users word their queries in their own way");

  static final Setting<Integer> MAX_TOKENS =
      Setting.integer("max-tokens", 200)
          .range(2, 1 << 16)
          .describe("longest text in tokens; what is longer is cut off")
          .source(TUTORIAL + ": 200");

  static final Setting<String> VOCABULARY =
      Setting.file("vocabulary", "")
          .describe("path of a BERT vocab.txt; empty for the words of the training texts")
          .source("own choice; " + TUTORIAL + " has that of " + DISTILBERT);

  static final Setting<Integer> VOCABULARY_SIZE =
      Setting.integer("vocabulary-size", 30_522)
          .range(4, 1 << 24)
          .describe("most tokens of a vocabulary of words; the rarest are left out")
          .source("the size of " + DISTILBERT + "'s");

  static final Setting<String> TEXT_WEIGHTS =
      Setting.file("text-weights", "")
          .describe("path of a safetensors file with a DistilBertModel's weights; empty for none")
          .source("own choice; " + TUTORIAL + " starts from " + DISTILBERT);

  static final Setting<Integer> TEXT_LAYERS = size("text-layers", 6, "blocks", 1000);
  static final Setting<Integer> TEXT_WIDTH = size("text-width", 768, "length of a token", 1 << 16);
  static final Setting<Integer> TEXT_HEADS = size("text-heads", 12, "attention heads", 1 << 16);
  static final Setting<Integer> TEXT_HIDDEN =
      size("text-hidden", 3072, "units of the feed-forward layers", 1 << 20);
  static final Setting<Integer> TEXT_POSITIONS =
      size("text-positions", 512, "learned positions", 1 << 20);

  static final Setting<Double> TEXT_DROPOUT =
      Setting.real("text-dropout", 0.1)
          .range(0, 0.99)
          .describe("text encoder: dropout of attention, feed-forward layers and embeddings")
          .source(DISTILBERT);

  static final List<Setting<?>> ALL =
      List.of(
          OBJECTIVE,
          TEMPERATURE,
          FIRST_TEMPERATURE,
          HEAD_RATE,
          IMAGE_RATE,
          TEXT_RATE,
          DECAY,
          FACTOR,
          PATIENCE,
          STOP,
          PROJECTION,
          DROPOUT,
          PARAPHRASE,
          MAX_TOKENS,
          VOCABULARY,
          VOCABULARY_SIZE,
          TEXT_WEIGHTS,
          TEXT_LAYERS,
          TEXT_WIDTH,
          TEXT_HEADS,
          TEXT_HIDDEN,
          TEXT_POSITIONS,
          TEXT_DROPOUT);

  private ClairesSettings() {}

  private static Setting<Double> rate(String key, double usual, String what) {
    return Setting.real(key, usual)
        .range(1e-12, 100)
        .describe("learning rate of the " + what)
        .source(TUTORIAL);
  }

  private static Setting<Integer> size(String key, int usual, String what, int most) {
    return Setting.integer(key, usual)
        .range(1, most)
        .describe("text encoder: " + what)
        .source(DISTILBERT);
  }
}
