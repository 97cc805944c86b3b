package juxta.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {
  @Test
  void nodesOfSlurmAreExpanded() {
    assertThat(NodeList.expanded("gpu[08-11,3],login,r[1-2]n[1-2]-ib"))
        .containsExactly(
            "gpu08", "gpu09", "gpu10", "gpu11", "gpu3", "login", "r1n1-ib", "r1n2-ib", "r2n1-ib",
            "r2n2-ib");
    for (String wrong : List.of("a[1-2", "a[x]", "a[3-1]", "a[1-99999999]", "", "a]b[")) {
      assertThatThrownBy(() -> NodeList.expanded(wrong))
          .as(wrong)
          .isInstanceOf(UserException.class)
          .hasMessageContaining(wrong);
    }
  }

  @Test
  void slurmSaysWhoLeads() {
    Map<String, String> node =
        Map.of("SLURM_JOB_NODELIST", "n[1-3]", "SLURM_PROCID", "2", "SLURM_NTASKS", "3");
    Role role = Role.of(node).orElseThrow();
    assertThat(role.leads()).isFalse();
    assertThat(role.own()).isEqualTo(new Address("n3", Role.PORT));
    assertThat(role.workers())
        .containsExactly(new Address("n2", Role.PORT), new Address("n3", Role.PORT));
    assertThat(Role.of(Map.of("SLURM_JOB_NODELIST", "n1"))).isEmpty(); // a batch script's shell
    assertThat(
            Role.of(Map.of("SLURM_JOB_NODELIST", "n1", "SLURM_PROCID", "0", "SLURM_NTASKS", "1")))
        .isEmpty();
    assertThatThrownBy(
            () ->
                Role.of(
                    Map.of("SLURM_JOB_NODELIST", "n1", "SLURM_PROCID", "1", "SLURM_NTASKS", "2")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--ntasks-per-node=1");
  }

  @Test
  void tfConfigSaysWhoLeads() {
    String cluster = "{\"cluster\":{\"chief\":[\"c:1\"],\"worker\":[\"a:2\",\"b:3\"]},\"task\":";
    Role chief = of(cluster + "{\"type\":\"chief\",\"index\":0}}");
    assertThat(chief.leads()).isTrue();
    assertThat(chief.workers()).containsExactly(new Address("a", 2), new Address("b", 3));
    assertThat(of(cluster + "{\"type\":\"worker\",\"index\":1}}").own())
        .isEqualTo(new Address("b", 3));
    String alike = "{\"cluster\":{\"worker\":[\"a:2\",\"b:3\"]},\"task\":";
    assertThat(of(alike + "{\"type\":\"worker\",\"index\":0}}").leads()).isTrue();
    assertThat(Role.of(Map.of("TF_CONFIG", " "))).isEmpty();
  }

  private static Role of(String config) {
    return Role.of(Map.of("TF_CONFIG", config)).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "{\"cluster\":{\"worker\":[\"a:2\"]},\"task\":{\"type\":\"worker\",\"index\":1}}",
        "{\"cluster\":{\"worker\":[\"a:2\"]},\"task\":{\"type\":\"ps\",\"index\":0}}",
        "{\"cluster\":{\"worker\":[\"a\"]},\"task\":{\"type\":\"worker\",\"index\":0}}"
      })
  void nonsenseIsRefused(String config) {
    assertThatThrownBy(() -> of(config)).isInstanceOf(UserException.class);
  }

  @Test
  void buildsAreToldApartByTheNamesOfDevices() {
    Build build = new Build("0.1.0-SNAPSHOT", "2.18.0", true);
    assertThat(build.job()).matches("[a-zA-Z][a-zA-Z0-9_]*"); // TensorFlow's rule
    assertThat(Build.of("/job:" + build.job() + "/replica:0/task:0/device:CPU:0")).contains(build);
    assertThat(Build.of("/job:worker/replica:0/task:0/device:CPU:0")).isEmpty();
  }

  @Test
  void eachLeaderHasAClusterOfItsOwn() {
    assertThat(Workers.job(new Address("10.0.0.1", 4711))).isEqualTo("worker_10_0_0_1_4711");
    assertThat(Workers.job(new Address("0:0:0:0:0:0:0:1", 4711)))
        .matches("[a-zA-Z][a-zA-Z0-9_]*"); // TensorFlow's rule
  }

  @Test
  void addressesAreRead() {
    assertThat(Address.list("a:1, 10.0.0.2:65535"))
        .containsExactly(new Address("a", 1), new Address("10.0.0.2", 65_535));
    for (String wrong : List.of("a", "a:0", "a:65536", "a:1,,b:2", "a:1,a:1", "a b:1")) {
      assertThatThrownBy(() -> Address.list(wrong)).as(wrong).isInstanceOf(UserException.class);
    }
  }
}
