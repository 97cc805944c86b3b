package juxta.engine.embed;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import juxta.api.Value;
import juxta.engine.run.Choices;
import juxta.engine.run.RunSettings;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.ParameterStore;
import juxta.toolkit.io.Digest;

/** Says whether two models are one. */
final class ModelHash {
  private static final String RUN = "run";

  /** Of the settings of a run itself the others say how and where it was trained. */
  private static final Set<String> OF_RUN =
      Set.of("encoder", "augmentation", RunSettings.SEED.key());

  private ModelHash() {}

  /**
   * The hash of all that a model's functions follow from: weights, method, parts and their
   * settings, and how the data are read.
   *
   * @param model the model
   * @param choices what was chosen for its run
   * @return hexadecimal digits
   */
  static String of(FrozenModel model, Choices choices) {
    Digest digest = Digest.sha256();
    add(digest, choices.method().id());
    new TreeMap<>(choices.resolution().entries())
        .forEach(
            (key, entry) -> {
              if (!entry.part().equals(RUN) || OF_RUN.contains(key)) {
                add(digest, key + "=" + entry.text());
              }
            });
    ParameterStore weights = new ParameterStore(model.store().entries());
    weights.forgetOptimizer();
    for (String name : new TreeSet<>(weights.names())) {
      Value value = weights.value(name);
      add(digest, name + value.shape());
      digest.add(value.data());
    }
    return digest.hex();
  }

  private static void add(Digest digest, String text) {
    digest.add((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
