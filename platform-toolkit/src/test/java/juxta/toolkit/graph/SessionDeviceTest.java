package juxta.toolkit.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;

class SessionDeviceTest {
  @Test
  void tellsWhatASessionOpens() {
    ConfigProto two = GraphSession.PROCESSOR.toBuilder().putDeviceCount("CPU", 2).build();
    assertThat(SessionDevice.of(two))
        .hasSize(2)
        .allMatch(device -> device.type().equals("CPU") && device.memory() > 0)
        .extracting(SessionDevice::name)
        .allMatch(name -> name.contains("device:CPU:"));
    assertThat(SessionDevice.of(GraphSession.PROCESSOR)).hasSize(1);
  }
}
