package juxta.plugin.multinet;

import java.util.ArrayList;
import java.util.List;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.toolkit.discrimination.Momentum;
import juxta.toolkit.discrimination.Parts;
import juxta.toolkit.discrimination.Recipe;
import juxta.toolkit.discrimination.Widths;

/** The settings; defaults are those of the released configuration where it has them. */
final class MultinetSettings {
  private static final String SOURCE = "liweiquan39/MNCLGLF, config.yaml";
  private static final String BUILDER = "liweiquan39/MNCLGLF, utils/network_builder.py";

  /** Value of {@link #GRADIENT}: the paper's figure. */
  static final String AS_DESIGNED = "as-designed";

  /** Value of {@link #GRADIENT}: the released code. */
  static final String AS_RELEASED = "as-released";

  /** Hidden width of g. */
  static final Setting<Integer> HIDDEN = Widths.projectionHidden(2048, BUILDER);

  /** Output width of g and q. */
  static final Setting<Integer> OUT = Widths.projectionOut(2048, BUILDER);

  /** Hidden width of q. */
  static final Setting<Integer> PREDICTION = Widths.predictionHidden(512, BUILDER);

  /** Whether embeddings are replaced by their neighbours. */
  static final Setting<Boolean> NEIGHBOURS =
      Setting.flag("neighbours", true)
          .describe(
              "replace averaged embeddings by their neighbours in the queue; false: keep them")
          .source(BUILDER);

  /** K. */
  static final Setting<Integer> QUEUE =
      Setting.integer("queue", 16384)
          .range(1, 1 << 24)
          .describe("embeddings of past steps among which neighbours are sought, a multiple of B")
          .source(SOURCE);

  /** s. */
  static final Setting<Integer> SPLITS =
      Setting.integer("splits", 2)
          .range(1, 16)
          .describe("parts along each side of an image, for the local loss")
          .source(SOURCE);

  /** k. */
  static final Setting<Integer> COMBINED =
      Setting.integer("parts-combined", 2)
          .range(1, 256)
          .describe("parts whose features are averaged, for all choices of so many")
          .source(SOURCE);

  /** Weight of L_loc. */
  static final Setting<Double> LOCAL_WEIGHT =
      Setting.real("local-weight", 1)
          .range(0, 1e6)
          .describe("weight of the local loss; 0 leaves view 2 and the parts out")
          .source(SOURCE);

  /** a. */
  static final Setting<Double> GLOBAL_WEIGHT =
      Setting.real("global-weight", 6)
          .range(0, 1e6)
          .describe("a, weight of the global loss")
          .source(SOURCE);

  /** Where the local loss has a gradient. */
  static final Setting<String> GRADIENT =
      Setting.choice("local-gradient", AS_DESIGNED, AS_DESIGNED, AS_RELEASED)
          .describe(
              "as-designed: the local loss trains the predictions; as-released: it has no gradient"
                  + " at all, as in the authors' code")
          .source("the paper's figure of the framework");

  /** Whether f_m, g_m start equal to f, g. */
  static final Setting<Boolean> COPY =
      Setting.flag("copy-init", true)
          .describe(
              "start the averaged network equal to the trained one; the authors' code does not")
          .source("own choice, as in MoCo");

  /** m. */
  static final Momentum AVERAGE = Momentum.of(0.99, 0.99, SOURCE);

  /** Bound of the gradient's norm. */
  static final Setting<Double> CLIP =
      Setting.real("clip-norm", 1)
          .range(0, 1e9)
          .describe("greatest norm of the gradient of all weights together; 0: any")
          .source(SOURCE);

  /** SGD; cosine to 0 for f and g, a constant rate for q. */
  static final Recipe RECIPE =
      Recipe.of("sgd", 0.1, 1e-4, 0, SOURCE + ", for its batch of 256 (it is not rescaled there)");

  private MultinetSettings() {}

  /** All, in the order in which they are shown. */
  static List<Setting<?>> all() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                HIDDEN,
                OUT,
                PREDICTION,
                NEIGHBOURS,
                QUEUE,
                SPLITS,
                COMBINED,
                LOCAL_WEIGHT,
                GLOBAL_WEIGHT,
                GRADIENT,
                COPY,
                CLIP));
    all.addAll(AVERAGE.settings());
    all.addAll(RECIPE.settings());
    return all;
  }

  /** The parts that the local loss looks at. */
  static Parts parts(Settings s) {
    return new Parts(s.get(SPLITS), s.get(COMBINED));
  }
}
