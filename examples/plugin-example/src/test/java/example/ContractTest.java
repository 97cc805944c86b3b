package example;

import java.util.stream.Stream;
import juxta.testkit.PluginContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  @TestFactory
  Stream<DynamicTest> contract() {
    return PluginContract.ofModule(SimSiamLite.class.getModule());
  }
}
