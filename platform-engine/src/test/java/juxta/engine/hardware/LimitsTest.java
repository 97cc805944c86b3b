package juxta.engine.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  private static final long MACHINE = 8_000_000L * 1024;
  private static final long GIBI = 1L << 30;

  @TempDir Path root;

  private FakeMachine machine;

  @BeforeEach
  void make() {
    machine = FakeMachine.of(root, FakeMachine.AVX2);
  }

  @Test
  void noneIsTheWholeMachine() {
    machine
        .file("/proc/self/cgroup", "0::/\n")
        .file("/sys/fs/cgroup/cpu.max", "max 100000\n")
        .file("/sys/fs/cgroup/memory.max", "max\n");
    assertThat(Limits.of(machine.host())).isEqualTo(new Limits(2, 2, 2, MACHINE, MACHINE));
  }

  @Test
  void aContainersQuotaIsRoundedUp() {
    machine
        .file("/proc/self/cgroup", "0::/\n")
        .file("/sys/fs/cgroup/cpu.max", "50000 100000\n")
        .file("/sys/fs/cgroup/memory.max", 2 * GIBI + "\n");
    assertThat(Limits.of(machine.host())).isEqualTo(new Limits(1, 2, 2, 2 * GIBI, MACHINE));
  }

  @Test
  void aServiceIsLimitedByWhatItLiesInToo() {
    machine
        .file("/proc/self/cgroup", "0::/system.slice/juxta.service\n")
        .file("/sys/fs/cgroup/system.slice/memory.max", GIBI + "\n")
        .file("/sys/fs/cgroup/system.slice/juxta.service/memory.max", 4 * GIBI + "\n")
        .file("/sys/fs/cgroup/system.slice/juxta.service/cpu.max", "100000 100000\n");
    assertThat(Limits.of(machine.host())).isEqualTo(new Limits(1, 2, 2, GIBI, MACHINE));
  }

  @Test
  void oldControllersAreRead() {
    machine
        .file("/proc/self/cgroup", "5:cpu,cpuacct:/docker/a1\n4:memory:/docker/a1\n")
        .file("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "100000\n")
        .file("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n")
        .file("/sys/fs/cgroup/memory/memory.limit_in_bytes", GIBI + "\n");
    assertThat(Limits.of(machine.host())).isEqualTo(new Limits(1, 2, 2, GIBI, MACHINE));
    machine
        .file("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n")
        .file("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertThat(Limits.of(machine.host())).isEqualTo(new Limits(2, 2, 2, MACHINE, MACHINE));
  }

  @Test
  void coresThatItMayNotRunOnDoNotCount() {
    machine.file("/proc/self/status", "Cpus_allowed_list:\t1\n");
    assertThat(Limits.of(machine.host())).isEqualTo(new Limits(1, 1, 2, MACHINE, MACHINE));
  }

  @Test
  void aSystemThatSaysNothingIsNoFault() {
    assertThat(Limits.of(new Host(root.resolve("none"), Map.of())).memory()).isZero();
  }
}
