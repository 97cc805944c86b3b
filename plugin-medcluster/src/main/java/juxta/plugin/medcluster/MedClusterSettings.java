package juxta.plugin.medcluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.Method;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.toolkit.model.Presets;

/**
 * The settings of MedCluster and its presets. The paper's body and settings were not at hand:
 * defaults are those of class AESIMCLR of the first author's matteoferrante/VAESIM, which we take
 * for the paper's code, or our own choice, as each says.
 */
final class MedClusterSettings {
  private static final String CODE = "matteoferrante/VAESIM, class AESIMCLR";
  private static final String SIBLING = "VAESim (arXiv 2209.12279), same repository";
  private static final String OWN = "own choice";

  static final Setting<Integer> LATENT =
      Setting.integer("latent", 50)
          .range(1, 4096)
          .describe("Q, length of h, which is clustered and decoded")
          .source(CODE);

  static final Setting<Integer> DECODER_BLOCKS =
      Setting.integer("decoder-blocks", 3)
          .range(1, 7)
          .describe("transposed convolutions, each of which doubles the sides")
          .source(CODE);

  static final Setting<Integer> DECODER_WIDTH =
      Setting.integer("decoder-width", 32)
          .range(1, 1024)
          .describe("channels of the last transposed convolution, doubled by each before it")
          .source(OWN + ": the encoder's, backwards");

  static final Setting<Double> CONTRAST =
      Setting.real("contrast-weight", 1)
          .range(0, 1e6)
          .describe("weight of the contrastive loss; 0 trains a plain autoencoder")
          .source(CODE);

  static final Setting<Double> RECONSTRUCTION =
      Setting.real("reconstruction-weight", 0.1)
          .range(0, 1e6)
          .describe("weight of the two views' mean squared errors in the first phase")
          .source(CODE);

  static final Setting<Boolean> VARIATIONAL =
      Setting.flag("variational", false)
          .describe("draw h from a Gaussian that the encoder gives, kept close to N(0, 1)")
          .source("section on sampling, built as in " + SIBLING);

  static final Setting<Double> DIVERGENCE =
      Setting.real("divergence-weight", 5e-3)
          .range(0, 1e6)
          .describe("beta, weight of the divergence from N(0, 1) with variational=true")
          .source(SIBLING);

  static final Setting<Optional<Integer>> CLUSTERS =
      Setting.integer("clusters")
          .range(1, 10000)
          .unset("found by the elbow of k-means' distortion", "0")
          .describe("K, number of clusters")
          .source(CODE);

  static final Setting<Integer> LEAST =
      Setting.integer("clusters-min", 2)
          .range(1, 10000)
          .describe("smallest K of the search for the elbow")
          .source(CODE);

  static final Setting<Integer> MOST =
      Setting.integer("clusters-max", 19)
          .range(1, 10000)
          .describe("largest K of the search for the elbow")
          .source(CODE);

  static final Setting<Integer> RESTARTS =
      Setting.integer("restarts", 10)
          .range(1, 10000)
          .describe("starts of k-means, of which the best is kept")
          .source(OWN);

  static final Setting<Double> CLUSTER_TEMPERATURE =
      Setting.real("cluster-temperature", 1)
          .range(1e-6, 1e6)
          .describe("tau_c of the soft assignment")
          .source(CODE);

  static final Setting<Double> SHARE =
      Setting.real("condition-share", 0.1667)
          .range(0, 1)
          .describe("share of the steps that train the second phase; 0 for none")
          .source(OWN + ": 20 of 120 epochs");

  static final Setting<Boolean> FROZEN =
      Setting.flag("condition-frozen", false)
          .describe(
              "keep encoder and latent layer as the first phase left them, bit for bit: the second"
                  + " phase trains the decoder alone, and embeddings are scored as before it")
          .source(OWN + "; " + CODE + " trains on both");

  static final Setting<String> END =
      Setting.choice("end-after", "condition", "condition", "cluster")
          .describe(
              "the last phase that trains; cluster: end with the weights that the second phase would"
                  + " begin with, so that they can be scored")
          .source(CODE + ", both phases");

  static final Setting<Boolean> CONDITION =
      Setting.flag("condition", true)
          .describe(
              "join the soft assignment to the decoder's input in the second phase; false: as"
                  + " released, where the join is commented out and c has no effect")
          .source("the paper's idea; " + CODE + " has it commented out");

  static final Setting<Double> MIX =
      Setting.real("prototype-mix", 1)
          .range(1e-6, 1)
          .describe("rho, weight of the batch's mean when a prototype moves")
          .source(CODE + "; VAESim uses 0.95");

  static final Setting<String> ASSIGNMENT =
      Setting.choice("assignment", "soft", "soft", "hard")
          .describe(
              "an image's cluster: the most probable prototype, or the nearest k-means centre")
          .source(CODE + ", both");

  static final Setting<Optional<Integer>> MAPPED =
      Setting.integer("map-images")
          .atLeast(1)
          .unset("all", "0")
          .describe("labelled training images that map clusters to classes")
          .source(OWN + "; " + CODE + " takes 30 batches");

  static final Setting<String> DRAW =
      Setting.choice("draw", "fitted", "fitted", "prior")
          .describe(
              "what 'sample' draws h from: a Gaussian fitted to the training images, or N(0, 1)")
          .source(CODE + ", the first; N(0, 1) is for variational=true");

  static final Setting<Double> RATE =
      Setting.real("rate", 1e-3)
          .range(0, 1)
          .describe("learning rate of Adam, in both phases")
          .source(OWN + "; VAESim uses 1e-4");

  static final Setting<Integer> PICTURES =
      Setting.integer("pictures", 8)
          .range(0, 100)
          .describe("images of each cluster in the pictures that a run leaves; 0 for no pictures")
          .source(OWN);

  static final List<Setting<?>> ALL =
      List.of(
          LATENT,
          DECODER_BLOCKS,
          DECODER_WIDTH,
          CONTRAST,
          RECONSTRUCTION,
          VARIATIONAL,
          DIVERGENCE,
          CLUSTERS,
          LEAST,
          MOST,
          RESTARTS,
          CLUSTER_TEMPERATURE,
          SHARE,
          FROZEN,
          END,
          CONDITION,
          MIX,
          ASSIGNMENT,
          MAPPED,
          DRAW,
          RATE,
          PICTURES);

  private MedClusterSettings() {}

  /** Clusters that there is room for: how many there are is known only when h is. */
  static int room(Settings s) {
    return s.get(CLUSTERS).orElse(s.get(MOST));
  }

  /** Refuses a number of clusters that the images cannot have. */
  static void check(Settings s, int images) {
    int least = s.get(CLUSTERS).orElse(s.get(LEAST));
    String key = s.get(CLUSTERS).isPresent() ? CLUSTERS.key() : LEAST.key();
    if (least > images) {
      throw new UserException(
          key + ": " + least + " clusters of " + images + " training images; ask for fewer");
    }
    if (s.get(CLUSTERS).isEmpty() && s.get(LEAST) > s.get(MOST)) {
      throw new UserException(
          "clusters-min: "
              + s.get(LEAST)
              + " is above clusters-max "
              + s.get(MOST)
              + ", which leaves nothing to search");
    }
  }

  /**
   * Epochs of the presets for small machines: about 50,000 images, some minutes of one core, since
   * few epochs of few images are hardly any steps.
   */
  static String smallEpochs(DataSummary data) {
    int usual = Integer.parseInt(Presets.smallEpochs(data));
    return Integer.toString(Math.max(usual, Math.min(60, 50_000 / data.trainSize())));
  }

  /** Values of a preset. */
  static Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("encoder", "conv-gelu");
    preset.put("augmentation", "medical");
    preset.put("loss", "ntxent");
    preset.put("loss.temperature", "0.5");
    preset.put("epochs", "120");
    preset.put("batch", Integer.toString(Math.min(512, data.trainSize())));
    if (name.equals(Method.SMALL)) {
      preset.put("decoder-width", "16");
      preset.put("restarts", "3");
      preset.put("epochs", smallEpochs(data));
      preset.put("batch", Presets.smallBatch(data));
    }
    return preset;
  }
}
