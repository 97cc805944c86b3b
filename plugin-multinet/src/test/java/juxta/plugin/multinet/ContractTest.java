package juxta.plugin.multinet;

import java.util.Map;
import java.util.stream.Stream;
import juxta.testkit.PluginContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  private static final Map<String, String> NARROW =
      Map.of("projection-hidden", "32", "projection-out", "16", "prediction-hidden", "8");

  @TestFactory
  Stream<DynamicTest> contract() {
    return PluginContract.ofModule(Multinet.class.getModule(), NARROW);
  }
}
