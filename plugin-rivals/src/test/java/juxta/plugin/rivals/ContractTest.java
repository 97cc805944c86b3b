package juxta.plugin.rivals;

import java.util.Map;
import java.util.Set;
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

  /** Those that keep nothing across steps that others of this plug-in do not keep as well. */
  private static final Set<String> PLAIN = Set.of("barlow-twins", "vicreg", "fastmoco");

  @TestFactory
  Stream<DynamicTest> contract() {
    return PluginContract.ofModule(
        Nnclr.class.getModule(), component -> !PLAIN.contains(component.id()), NARROW);
  }

  @TestFactory
  Stream<DynamicTest> descriptions() {
    return PluginContract.described(new BarlowTwins(), new Vicreg(), new Fastmoco());
  }
}
