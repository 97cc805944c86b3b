package juxta.plugin.fba;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import juxta.testkit.PluginContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  /** Narrow and small, so that the contract is tried in seconds. */
  private static final Map<String, String> SMALL =
      Map.of(
          "encoder.width", "2",
          "augmentation.patch-x", "32",
          "augmentation.patch-y", "32",
          "augmentation.patch-z", "16");

  /** The other methods are these parts with some left out. */
  @TestFactory
  Stream<DynamicTest> contract() {
    return PluginContract.ofModule(
        Fba.class.getModule(), c -> Set.of("fba", "vnet", "volume-crop").contains(c.id()), SMALL);
  }

  @TestFactory
  Stream<DynamicTest> descriptions() {
    return PluginContract.described(
        FbaSingle.provider(), McNetPlus.provider(), LabelledOnly.provider(), AllLabels.provider());
  }
}
