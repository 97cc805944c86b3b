package juxta.engine.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import juxta.engine.catalogue.Fault;
import juxta.engine.hardware.Finding.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {
  private static final Probed WELL =
      new Probed(
          Optional.of("2.18.0"),
          Optional.empty(),
          1,
          Optional.of("jit:avx2"),
          Optional.of("brg:amx"));

  @TempDir Path root;
  @TempDir Path folder;

  private FakeMachine machine;
  private List<Fault> faults = List.of();

  @BeforeEach
  void make() {
    machine = FakeMachine.of(root, FakeMachine.AMX);
  }

  private List<Finding> examine(TensorFlowBuild build, Probed probed) {
    return Examination.of(
        machine.host(),
        new Examination.Subject(
            List.of("one", "two"), faults, folder.resolve("not/yet"), folder, folder, 4L << 30),
        build,
        probed);
  }

  private Finding one(String name, TensorFlowBuild build, Probed probed) {
    List<Finding> findings = examine(build, probed);
    return findings.stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(findings.toString()));
  }

  private Finding one(String name) {
    return one(name, TensorFlowBuild.CPU, WELL);
  }

  @Test
  void aMachineWithoutFaultsHasNoRemedies() {
    assertThat(examine(TensorFlowBuild.CPU, WELL))
        .allMatch(f -> f.remedy().isEmpty())
        .extracting(Finding::name)
        .contains("processor", "oneDNN", "bf16", "cores", "memory", "malloc", "card", "Java")
        .contains("TensorFlow", "plug-ins", "cache", "temporary files", "native library");
    assertThat(one("oneDNN").text()).contains("jit:avx2");
    assertThat(one("bf16").text()).contains("brg:amx", "auto takes it");
    assertThat(one("plug-ins").text()).isEqualTo("2 loaded: one, two");
    assertThat(one("card").state()).isEqualTo(State.ABSENT);
  }

  @Test
  void whateverIsWrongHasARemedy() {
    machine
        .cards(FakeMachine.T4)
        .without("libcudnn.so.9")
        .without(Library.DRIVER)
        .file("/proc/self/cgroup", "0::/\n")
        .file("/sys/fs/cgroup/cpu.max", "100000 100000\n")
        .file("/sys/fs/cgroup/memory.max", "1000000000\n");
    faults = List.of(new Fault("bad.jar", "has no descriptor", "get another"));
    Probed slow =
        new Probed(Optional.of("2.18.0"), Optional.empty(), 0, Optional.empty(), Optional.empty());
    List<Finding> findings = examine(TensorFlowBuild.GPU, slow);
    assertThat(findings)
        .allMatch(f -> f.remedy().isPresent() == f.state().mark().equals("!!"))
        .noneMatch(f -> f.state() == State.STOPS)
        .filteredOn(f -> f.state() == State.WRONG)
        .extracting(Finding::name)
        .containsExactlyInAnyOrder(
            "oneDNN", "bf16", "cores", "memory", "driver", "card 0", "cuDNN", "bad.jar");
    assertThat(one("cores").remedy()).contains("pass --threads 1");
  }

  @Test
  void oneDnnThatIsOffIsPutOnByWhatTurnedItOff() {
    Probed off =
        new Probed(Optional.of("2.18.0"), Optional.empty(), 0, Optional.empty(), Optional.empty());
    assertThat(one("oneDNN", TensorFlowBuild.CPU, off).remedy().orElseThrow())
        .contains("bin/juxta");
    machine.variable("TF_ENABLE_ONEDNN_OPTS", "0");
    assertThat(one("oneDNN", TensorFlowBuild.CPU, off).remedy().orElseThrow()).contains("unset");
  }

  @Test
  void aProcessorWithoutBf16TrainsInFloat32() {
    machine = FakeMachine.of(root, FakeMachine.AVX2);
    assertThat(one("bf16").state()).isEqualTo(State.ABSENT);
    assertThat(one("bf16").text()).contains("avx512_bf16", "float32");
  }

  @Test
  void aProcessorThatTensorFlowIsNotBuiltForStopsTraining() {
    machine = FakeMachine.of(root, "sse2 sse4_2");
    Probed killed = Probed.of("", "it ended with status 132");
    assertThat(one("processor", TensorFlowBuild.CPU, killed).state()).isEqualTo(State.STOPS);
    assertThat(one("oneDNN", TensorFlowBuild.CPU, killed).text()).contains("not tried");
    Finding tensorflow = one("TensorFlow", TensorFlowBuild.CPU, killed);
    assertThat(tensorflow.state()).isEqualTo(State.STOPS);
    assertThat(tensorflow.text()).contains("ended with status 132");
  }

  @Test
  void aMissingLibraryOfTensorFlowStopsTraining() {
    Finding none = one("TensorFlow", TensorFlowBuild.NONE, Probed.of("", "it ended"));
    assertThat(none.state()).isEqualTo(State.STOPS);
    assertThat(none.remedy()).isPresent();
  }

  @Test
  void aCardThatLiesIdleIsNamed() {
    machine.cards(FakeMachine.H100);
    Finding idle = one("card 0");
    assertThat(idle.state()).isEqualTo(State.WRONG);
    assertThat(idle.text()).contains("NVIDIA H100", "compute capability 9.0", "85.5 GB", "idle");
    assertThat(idle.remedy().orElseThrow()).contains("-Pgpu,cuda");
    assertThat(one("card 0", TensorFlowBuild.GPU, WELL).state()).isEqualTo(State.OK);
  }

  @Test
  void anOldDriverIsNamed() {
    machine.cards("GPU-1, Tesla K80, 3.7, 470.82.01, 11441\n");
    Finding driver = one("driver", TensorFlowBuild.GPU, WELL);
    assertThat(driver.state()).isEqualTo(State.WRONG);
    assertThat(driver.text()).contains("470.82.01", "too old");
  }

  @Test
  void anotherMallocIsNamed() {
    machine.file("/proc/self/maps", "7f r-xp 0 08:01 1 /usr/lib/libjemalloc.so.2\n");
    assertThat(one("malloc").text()).isEqualTo("jemalloc");
    machine.file("/proc/self/maps", "7f r-xp 0 08:01 1 /lib/ld-musl-x86_64.so.1\n");
    assertThat(one("malloc").state()).isEqualTo(State.STOPS);
  }

  @Test
  void aFolderThatIsAFileStopsTraining() throws IOException {
    Files.writeString(folder.resolve("not"), "a file");
    Finding cache = one("cache");
    assertThat(cache.state()).isEqualTo(State.STOPS);
    assertThat(cache.remedy().orElseThrow()).contains("JUXTA_CACHE");
  }

  @Test
  void theTryIsReadWhateverElseIsPrinted() {
    String whole =
        """
        2026-01-01 00:00:00: I tensorflow/core/util/port.cc:153] oneDNN custom operations are on.
        juxta-probe version 2.18.0
        juxta-probe device CPU 268435456
        juxta-probe device GPU 81604378624
        juxta-probe begin float32
        onednn_verbose,v1,info,cpu,isa:Intel AVX2
        onednn_verbose,v1,primitive,exec,cpu,reorder,jit:uni,undef
        onednn_verbose,v1,primitive,exec,cpu,convolution,jit:avx2,forward_training,src:f32
        juxta-probe begin bf16
        onednn_verbose,v1,primitive,exec,cpu,convolution,brg_conv_fwd:avx512_core_amx,forward,src:bf16
        juxta-probe done
        """;
    assertThat(Probed.of(whole, "it ended with status 0"))
        .isEqualTo(
            new Probed(
                Optional.of("2.18.0"),
                Optional.empty(),
                1,
                Optional.of("jit:avx2"),
                Optional.of("brg_conv_fwd:avx512_core_amx")));
    Probed failed =
        Probed.of("juxta-probe failed UnsatisfiedLinkError: no jnitensorflow\n", "it ended");
    assertThat(failed.version()).isEmpty();
    assertThat(failed.failure()).contains("UnsatisfiedLinkError: no jnitensorflow");
  }
}
