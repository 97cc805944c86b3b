package juxta.plugin.iir;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import juxta.testkit.PluginContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  /** The contract's batches of eight go in three chunks. */
  private static final Map<String, String> SETTINGS =
      Map.of("weights", "init", "chunk", "3", "whitening", "pca");

  /** The other methods are this one with parts left out. */
  @TestFactory
  Stream<DynamicTest> contract() {
    return PluginContract.ofModule(
        Iir.class.getModule(),
        c -> !Set.of("iir-classifier", "iir-classifier-ap", "iir-contrastive").contains(c.id()),
        SETTINGS);
  }

  @TestFactory
  Stream<DynamicTest> descriptions() {
    return PluginContract.described(
        IirClassifier.provider(), IirClassifierAp.provider(), IirContrastive.provider());
  }
}
