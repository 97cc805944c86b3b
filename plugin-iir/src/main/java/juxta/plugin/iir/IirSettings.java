package juxta.plugin.iir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import juxta.api.Setting;
import juxta.api.Settings;

/** What a user may change about the methods of this plug-in. */
final class IirSettings {
  /** Word for the weights that the run starts with anyway. */
  static final String INIT = "init";

  static final Setting<String> WEIGHTS =
      Setting.file("weights", "", INIT)
          .describe(
              "file with the encoder's weights: safetensors with timm's or torchvision's names, or a"
                  + " folded network as .npz with its .json; 'init': those of --init-from, or random"
                  + " ones")
          .source("the paper starts from public weights, which do not come with Juxta");

  static final Setting<Integer> CONTRAST_ITERATIONS =
      Setting.integer("contrast-iterations", 20_000)
          .range(0, 100_000_000)
          .describe("steps of contrastive pre-training")
          .source("own choice: which contrastive weights the paper took is not known");

  static final Setting<Optional<Integer>> CONTRAST_BATCH =
      Setting.integer("contrast-batch")
          .range(1, 1 << 20)
          .unset("--batch", "0")
          .describe("images of a step of contrastive pre-training, two views each")
          .source("own choice");

  static final Setting<Double> CONTRAST_RATE =
      Setting.real("contrast-rate", 1e-3)
          .range(0, 100)
          .describe(
              "learning rate of contrastive pre-training (AdamW), falling along half a cosine")
          .source("own choice");

  static final Setting<String> CONTRAST_NORM =
      Setting.choice("contrast-norm", "auto", "auto", "batch", "stored")
          .describe(
              "batch normalisation in contrastive pre-training: by the batch's statistics, or by the"
                  + " stored ones; auto: stored where 'weights' names a file, since a folded network"
                  + " has none of its own and would be another one by the batch's")
          .source("own choice");

  static final Setting<Double> CONTRAST_DECAY =
      Setting.real("contrast-decay", 1e-4)
          .range(0, 10)
          .describe("weight decay of contrastive pre-training, not on biases and normalisation")
          .source("MoCo v2");

  static final Setting<Double> TEMPERATURE =
      Setting.real("temperature", 0.2)
          .range(1e-3, 100)
          .describe("tau of the contrastive loss")
          .source("MoCo v2");

  static final Setting<Integer> PROJECTION =
      Setting.integer("projection-out", 128)
          .range(1, 1 << 16)
          .describe(
              "output width of the head of contrastive pre-training, which is dropped after it")
          .source("MoCo v2");

  static final List<Setting<?>> CONTRAST =
      List.of(
          CONTRAST_ITERATIONS,
          CONTRAST_BATCH,
          CONTRAST_RATE,
          CONTRAST_NORM,
          CONTRAST_DECAY,
          TEMPERATURE,
          PROJECTION);

  static final Setting<Integer> ITERATIONS =
      Setting.integer("iterations", 2000)
          .range(0, 100_000_000)
          .describe("steps of fine-tuning with average precision")
          .source("own choice; the AP-GeM recipe is 200 steps of 4096 images");

  static final Setting<Integer> PER_INSTANCE =
      Setting.integer("per-instance", 8)
          .range(2, 1 << 16)
          .describe("images of each instance in a batch")
          .source("own choice");

  static final Setting<Double> RATE =
      Setting.real("rate", 1e-4)
          .range(0, 100)
          .describe("learning rate of layers behind the encoder (Adam), falling linearly to 0")
          .source("own choice, as the AP-GeM recipe");

  static final Setting<Double> ENCODER_RATE =
      Setting.real("encoder-rate", 1e-5)
          .range(0, 100)
          .describe("learning rate of the encoder, falling alike")
          .source("own choice");

  static final Setting<Double> DECAY =
      Setting.real("weight-decay", 1e-6)
          .range(0, 10)
          .describe("weight decay, part of the gradient, not on biases and normalisation")
          .source("the AP-GeM recipe");

  static final Setting<Integer> CHUNK =
      Setting.integer("chunk", 32)
          .range(1, 1 << 20)
          .describe(
              "images that are on their way through the encoder at once; memory grows with it, the"
                  + " result does not change")
          .source("own choice");

  static final Setting<Boolean> FREEZE_STEM =
      Setting.flag("freeze-stem", false)
          .describe("leave the encoder's stem and first stage as they are")
          .source("own choice");

  static final Setting<Double> CONTRAST_WEIGHT =
      Setting.real("contrast-weight", 0)
          .range(0, 1000)
          .describe(
              "weight with which contrast goes on in fine-tuning: softmax over the batch, images of"
                  + " the same instance as positives")
          .source("own choice; the paper does not say that it goes on");

  static final Setting<Optional<Integer>> SIZE =
      Setting.integer("descriptor-size")
          .range(1, 1 << 16)
          .unset("the encoder's width", "0")
          .describe("length of the descriptor")
          .source("deep-image-retrieval: 2048, ResNet-50's width");

  static final Setting<String> START =
      Setting.choice("descriptor-start", "identity", "identity", "pca")
          .describe(
              "first values of the linear layer behind pooling; pca: the whitening of the training"
                  + " descriptors, which are brought to length 1 before the layer")
          .source("own choice");

  static final List<Setting<?>> TUNING =
      List.of(ITERATIONS, PER_INSTANCE, RATE, ENCODER_RATE, DECAY, CHUNK, FREEZE_STEM, SIZE, START);

  static final Setting<String> SCALES =
      Setting.text("scales", "1")
          .describe("sizes at which images are embedded, as factors, such as 1,0.7071,0.5")
          .source("cnnimageretrieval-pytorch: 1, or 1, 1/sqrt 2, 1/2");

  static final Setting<Double> POWER =
      Setting.real("whitening-power", 0.25)
          .range(0, 1)
          .describe("power of the variance that whitening divides by; 0.5 is full whitening")
          .source("deep-image-retrieval, test_dir.py");

  static final Setting<Optional<Integer>> COMPONENTS =
      Setting.integer("whitening-components")
          .range(1, 1 << 16)
          .unset("all", "0")
          .describe("principal components that are kept")
          .source("deep-image-retrieval, test_dir.py");

  static final List<Setting<?>> WHITENING = List.of(POWER, COMPONENTS);

  static Setting<String> whitening(String usual) {
    return Setting.choice("whitening", usual, "none", "pca", "supervised")
        .describe(
            "what evens out descriptors after training, fitted on the training images: principal"
                + " components, or pairs of the same instance")
        .source("deep-image-retrieval: pca; cnnimageretrieval-pytorch: supervised");
  }

  /** The file that holds the encoder's weights. */
  static Optional<Path> file(Settings s) {
    String weights = s.get(WEIGHTS);
    return weights.isEmpty() || weights.equals(INIT)
        ? Optional.empty()
        : Optional.of(Path.of(weights));
  }

  private IirSettings() {}
}
