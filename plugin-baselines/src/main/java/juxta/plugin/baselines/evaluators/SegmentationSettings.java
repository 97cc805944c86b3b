package juxta.plugin.baselines.evaluators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;

/**
 * How a segmentation head is trained.
 *
 * @param protocol name of the protocol that the values are from, where the user gave none
 * @param tuned whether the encoder is trained along with the head
 * @param labelled share of the training tiles whose masks are used
 * @param side pixels that tiles are resized to, 0 for as they are
 * @param channels width of the head
 * @param early channels that the encoder's early map is brought to
 * @param rates distances of the places of the head's three dilated kernels
 * @param epochs passes over the labelled tiles
 * @param batch tiles a step
 * @param rate learning rate at the start
 * @param fall factor on the learning rate after each epoch
 * @param decay weight decay, part of the gradient
 * @param pictures tiles in the picture
 */
record SegmentationSettings(
    String protocol,
    boolean tuned,
    double labelled,
    int side,
    int channels,
    int early,
    List<Integer> rates,
    int epochs,
    int batch,
    double rate,
    double fall,
    double decay,
    int pictures) {
  private static final String CODE = "the protocol; glcnet: that of GLCNet's code, T-SS-GLCNet";

  private static final String PROTOCOLS = "the protocol's";

  static final Setting<String> PROTOCOL =
      Setting.choice("protocol", "glcnet", "glcnet", "small")
          .describe("whose numbers are taken where none are given; small: for a few CPU cores")
          .source("glcnet: code of GraSS's group, whose own fine-tuning is not published");

  static final Setting<String> ENCODER =
      Setting.choice("encoder", "tuned", "tuned", "frozen")
          .describe("tuned: the encoder is trained along with the head; frozen: it stays as it is")
          .source("GLCNet's code");

  static final Setting<Optional<Double>> LABELLED =
      Setting.real("labelled")
          .range(1e-6, 1)
          .unset(PROTOCOLS, "0", "0.0")
          .describe("share of the training tiles whose masks are used")
          .source("glcnet: 1 %; small: 10 %");

  static final Setting<Optional<Integer>> SIDE =
      Setting.integer("side")
          .range(0, 4096)
          .unset(PROTOCOLS, "-1")
          .describe(
              "resize tiles to so many pixels; 0: as they are. Scores are"
                  + " of all pixels of the masks, whatever the side")
          .source("glcnet: as they are; small: 64");

  static final Setting<Optional<Integer>> CHANNELS =
      Setting.integer("channels")
          .range(1, 2048)
          .unset(PROTOCOLS, "0")
          .describe("width of the head")
          .source("glcnet: 256, DeepLabV3+; small: 64");

  static final Setting<Optional<Integer>> EARLY =
      Setting.integer("early-channels")
          .range(1, 2048)
          .unset(PROTOCOLS, "0")
          .describe("channels that the encoder's early map is brought to")
          .source("glcnet: 48, DeepLabV3+; small: 16");

  static final Setting<Optional<String>> RATES =
      Setting.text("rates")
          .unset(PROTOCOLS, "")
          .describe("distances of the places of the dilated kernels")
          .source(
              "glcnet: 6,12,18, DeepLabV3+ at output stride 16; small: 1,2,3, for maps of 8 x 8");

  static final Setting<Optional<Integer>> EPOCHS =
      Setting.integer("epochs")
          .atLeast(1)
          .unset(PROTOCOLS, "0")
          .describe("passes over the labelled tiles")
          .source("glcnet: 150; small: 40");

  static final Setting<Optional<Integer>> BATCH =
      Setting.integer("batch")
          .atLeast(1)
          .unset(PROTOCOLS, "0")
          .describe("tiles a step, at most the labelled ones")
          .source("glcnet: 16; small: 8");

  static final Setting<Optional<Double>> RATE =
      Setting.real("learning-rate")
          .atLeast(0)
          .unset(PROTOCOLS, "0", "0.0")
          .describe("learning rate of Adam (0.9, 0.99) at the start")
          .source("glcnet: 1e-4; small: 1e-3");

  static final Setting<Optional<Double>> FALL =
      Setting.real("rate-decay")
          .range(1e-6, 1)
          .unset(PROTOCOLS, "0", "0.0")
          .describe("factor on the learning rate after each epoch")
          .source("glcnet: 0.98; small: 0.95");

  static final Setting<Double> DECAY =
      Setting.real("weight-decay", 1e-5)
          .atLeast(0)
          .describe("weight decay, part of the gradient")
          .source(CODE);

  static final Setting<Integer> PICTURES =
      Setting.integer("pictures", 8)
          .range(0, 64)
          .describe("test tiles in tiles.png, each beside its mask and the prediction")
          .source("ours");

  static final List<Setting<?>> ALL =
      List.of(
          PROTOCOL, ENCODER, LABELLED, SIDE, CHANNELS, EARLY, RATES, EPOCHS, BATCH, RATE, FALL,
          DECAY, PICTURES);

  static SegmentationSettings of(Settings s) {
    boolean small = s.get(PROTOCOL).equals("small");
    return new SegmentationSettings(
        s.get(PROTOCOL),
        s.get(ENCODER).equals("tuned"),
        s.get(LABELLED).orElse(small ? 0.1 : 0.01),
        s.get(SIDE).orElse(small ? 64 : 0),
        s.get(CHANNELS).orElse(small ? 64 : 256),
        s.get(EARLY).orElse(small ? 16 : 48),
        rates(s.get(RATES).orElse(small ? "1,2,3" : "6,12,18")),
        s.get(EPOCHS).orElse(small ? 40 : 150),
        s.get(BATCH).orElse(small ? 8 : 16),
        s.get(RATE).orElse(small ? 1e-3 : 1e-4),
        s.get(FALL).orElse(small ? 0.95 : 0.98),
        s.get(DECAY),
        s.get(PICTURES));
  }

  private static List<Integer> rates(String text) {
    List<Integer> rates = new ArrayList<>();
    for (String word : text.split(",")) {
      if (!word.strip().matches("[1-9][0-9]{0,2}")) {
        throw new UserException(
            "segmentation.rates: '" + text + "' is no list of whole numbers such as 6,12,18");
      }
      rates.add(Integer.valueOf(word.strip()));
    }
    return rates;
  }

  /** What scores depend on. */
  Map<String, String> shown(int tiles, int all, int size, long steps) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("protocol", protocol);
    shown.put("encoder", tuned ? "tuned with the head" : "frozen");
    shown.put("labelled", tiles + " of " + all + " training tiles, drawn by the seed");
    shown.put("side", Integer.toString(size));
    shown.put(
        "head",
        "DeepLabV3+, %d channels, rates %s"
            .formatted(channels, String.join("/", rates.stream().map(Object::toString).toList())));
    shown.put("optimizer", "adam (0.9, 0.99)");
    shown.put("learning-rate", String.format(Locale.ROOT, "%.4g, x %.4g each epoch", rate, fall));
    shown.put("weight-decay", String.format(Locale.ROOT, "%.4g", decay));
    shown.put("batch", Integer.toString(Math.min(batch, tiles)));
    shown.put("epochs", epochs + " (" + steps + " steps)");
    return shown;
  }
}
