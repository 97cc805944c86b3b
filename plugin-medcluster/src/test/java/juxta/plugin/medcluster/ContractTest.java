package juxta.plugin.medcluster;

import java.util.Map;
import java.util.stream.Stream;
import juxta.testkit.PluginContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  /** Few starts, narrow decoders: what is promised does not depend on them. */
  @TestFactory
  Stream<DynamicTest> contract() {
    return PluginContract.ofModule(
        MedCluster.class.getModule(),
        Map.of("restarts", "1", "decoder-width", "4", "clusters-max", "5", "pictures", "2"));
  }
}
