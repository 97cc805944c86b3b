package juxta.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.tensorflow.Server;
import org.tensorflow.proto.ClusterDef;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.JobDef;
import org.tensorflow.proto.ServerDef;

/** What listens where a worker was expected, and is refused before a run begins. */
class RefusedWorkersTest {
  @Test
  void anotherVersionAndAnotherServerAreNamedTogether() throws IOException {
    Build here = Build.here();
    Address older = server(new Build("0.0.9", here.tensorflow(), false).job());
    Address newer = server(new Build(here.juxta(), "2.99.0", true).job());
    Address foreign = server("worker");
    assertThat(refusal(older, newer, foreign))
        .containsExactly(
            "worker "
                + older
                + " runs Juxta 0.0.9 with TensorFlow "
                + here.tensorflow()
                + ", and this is "
                + here
                + "; install the same on both",
            "worker "
                + newer
                + " runs Juxta "
                + here.juxta()
                + " with TensorFlow 2.99.0, and this is "
                + here
                + "; install the same on both",
            "worker "
                + foreign
                + " is a server of TensorFlow, but none of Juxta's; name a 'juxta worker'");
  }

  /** A machine that is out of reach may come back; a process that is gone does not. */
  @Test
  void onlyWhoRefusesIsGone() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      assertThat(new Address("127.0.0.1", socket.getLocalPort()).refuses(1_000)).isFalse();
    }
    assertThat(free().refuses(1_000)).isTrue();
    assertThat(new Address("nowhere.invalid", 4711).refuses(1_000)).isFalse();
  }

  private static List<String> refusal(Address... workers) {
    return catchThrowableOfType(
            UserException.class,
            () ->
                Workers.join(
                    List.of(workers), 0, List.of("CPU"), ConfigProto.getDefaultInstance(), 10))
        .problems();
  }

  /** It ends with this process. */
  private static Address server(String job) throws IOException {
    Address address = free();
    new Server(
            ServerDef.newBuilder()
                .setCluster(
                    ClusterDef.newBuilder()
                        .addJob(JobDef.newBuilder().setName(job).putTasks(0, address.toString())))
                .setJobName(job)
                .setTaskIndex(0)
                .setProtocol("grpc")
                .build())
        .start();
    return address;
  }

  private static Address free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return new Address("127.0.0.1", socket.getLocalPort());
    }
  }
}
