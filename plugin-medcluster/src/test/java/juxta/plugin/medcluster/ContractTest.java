package juxta.plugin.medcluster;

import java.util.Map;
import java.util.stream.Stream;
import juxta.testkit.PluginContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  /** Few starts, narrow decoders, no weights from elsewhere: what is promised is the same. */
  @TestFactory
  Stream<DynamicTest> contract() {
    return PluginContract.ofModule(
        MedCluster.class.getModule(),
        component -> !(component instanceof MedClusterAutoencoder), // medcluster, less a term
        Map.of(
            "restarts", "1",
            "decoder-width", "4",
            "clusters-max", "5",
            "pictures", "2",
            "weights", "init"));
  }

  @TestFactory
  Stream<DynamicTest> described() {
    return PluginContract.described(new MedClusterAutoencoder());
  }
}
