package juxta.plugin.spps;

import java.util.Map;
import java.util.stream.Stream;
import juxta.api.Method;
import juxta.testkit.PluginContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  /** Any two images may be a pair: the features of the testkit's encoder are all alike. */
  @TestFactory
  Stream<DynamicTest> contract() {
    return PluginContract.of(
        Map.of("similarity-min", "-1", "similarity-max", "1", "projection-hidden", "32"),
        Trials.spps());
  }

  /** Without methods to wrap it can be described, and nothing more. */
  @TestFactory
  Stream<DynamicTest> alone() {
    return Stream.concat(
        PluginContract.ofModule(
            Spps.class.getModule(), component -> !(component instanceof Method)),
        PluginContract.described(new Spps()));
  }
}
