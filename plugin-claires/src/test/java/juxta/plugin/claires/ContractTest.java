package juxta.plugin.claires;

import java.util.Map;
import java.util.stream.Stream;
import juxta.testkit.PluginContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  /** Narrow and small, so that the contract is tried in seconds. */
  private static final Map<String, String> SMALL =
      Map.of(
          "text-layers", "1",
          "text-width", "8",
          "text-heads", "2",
          "text-hidden", "16",
          "projection", "16",
          "encoder.width", "4",
          "augmentation.size", "24");

  @TestFactory
  Stream<DynamicTest> contract() {
    return PluginContract.ofModule(Claires.class.getModule(), SMALL);
  }
}
