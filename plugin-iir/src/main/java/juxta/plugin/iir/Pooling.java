package juxta.plugin.iir;

import juxta.api.GraphScope;
import juxta.api.Setting;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Makes one vector of a feature map. */
interface Pooling {
  /** Which pooling. */
  Setting<String> KIND =
      Setting.choice("pooling", "gem", "gem", "mac", "spoc", "rmac")
          .describe(
              "generalised mean with exponent gem-p, maximum, mean, or sum of the maxima of regions")
          .source("deep-image-retrieval: gem");

  /** GeM's exponent. */
  Setting<Double> GEM_P =
      Setting.real("gem-p", 3)
          .range(0.1, 100)
          .describe("exponent of the generalised mean, at the start where it is trained")
          .source("deep-image-retrieval, nets/layers/pooling.py");

  /** Pools [B, h, w, D] of any h and w to [B, D]. */
  Operand<TFloat32> apply(Operand<TFloat32> map);

  /**
   * Makes a pooling.
   *
   * @param scope where its parameter goes, if it has one
   * @param kind one of the choices
   * @param p GeM's exponent
   * @param trained whether the exponent is a parameter
   */
  static Pooling of(GraphScope scope, String kind, double p, boolean trained) {
    return switch (kind) {
      case "mac" -> map -> scope.tf().max(map, scope.ints(1, 2));
      case "spoc" -> map -> scope.tf().math.mean(map, scope.ints(1, 2));
      case "rmac" -> map -> RegionalMax.apply(scope, map);
      default -> new Gem(scope, p, trained);
    };
  }
}
