package juxta.plugin.rivals;

import java.util.Map;
import java.util.stream.Stream;
import juxta.testkit.PluginContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  private static final Map<String, String> NARROW =
      Map.of(
          "projection-hidden", "16",
          "projection-out", "16",
          "prediction-hidden", "8",
          "bottleneck", "8",
          "prototypes", "12",
          "local-crops", "1",
          "queue", "64");

  @TestFactory
  Stream<DynamicTest> contract() {
    return PluginContract.ofModule(Nnclr.class.getModule(), NARROW);
  }
}
