package juxta.engine.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import juxta.api.DataKind;
import juxta.api.UserException;
import juxta.engine.train.Placement;
import juxta.engine.train.Precision;
import juxta.toolkit.graph.SessionDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.OptimizerOptions;

/** What is chosen on machines of many kinds. */
class MachineDevicesTest {
  @TempDir Path root;

  private FakeMachine machine;
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void make() {
    machine = FakeMachine.of(root, FakeMachine.AVX2);
  }

  /** TensorFlow for cards, which opens so many. */
  private Devices gpuBuild(int opens) {
    return new MachineDevices(machine.host(), 2, true, config -> opened(config, opens));
  }

  private List<SessionDevice> opened(ConfigProto config, int opens) {
    String number = config.getGpuOptions().getVisibleDeviceList();
    asked.add(number);
    SessionDevice cpu = new SessionDevice("/device:CPU:0", "CPU", 1);
    SessionDevice gpu = new SessionDevice("/device:GPU:0", "GPU", 1);
    List<SessionDevice> found = new ArrayList<>(List.of(cpu));
    for (String one : number.split(",")) {
      if (Integer.parseInt(one) < opens) {
        found.add(gpu);
      }
    }
    return found;
  }

  private Devices cpuBuild() {
    return new MachineDevices(
        machine.host(),
        2,
        false,
        config -> {
          throw new AssertionError("TensorFlow is not asked for cards");
        });
  }

  private static Device choose(Devices devices, String word) {
    return devices.choose(DeviceChoice.of(word));
  }

  @Test
  void autoTakesTheFirstCard() {
    machine.cards(FakeMachine.H100 + FakeMachine.T4);
    Devices devices = gpuBuild(2);
    Device device = choose(devices, "auto");
    assertThat(device.description()).isEqualTo("NVIDIA H100 80GB HBM3");
    assertThat(devices.remark(DeviceChoice.of("auto"))).isEmpty();
    assertThat(choose(devices, "gpu:1").description()).isEqualTo("Tesla T4");
    choose(devices, "gpu:1");
    assertThat(asked).containsExactly("0", "1"); // once each
  }

  /** TensorFlow numbers the cards of a process once: all of a team are opened in one go. */
  @Test
  void aTeamOfCardsIsOpenedTogether() {
    machine.cards(FakeMachine.H100 + FakeMachine.T4);
    Devices devices = gpuBuild(2);
    Team team = Team.of("all", devices);
    assertThat(team.devices()).extracting(Device::description).hasSize(2);
    assertThat(asked).containsExactly("0,1");
    ConfigProto config = Placement.of(team, 1).config(Precision.FLOAT32);
    assertThat(config.getGpuOptions().getVisibleDeviceList()).isEqualTo("0,1");
    assertThat(config.getAllowSoftPlacement()).isTrue();
    assertThatThrownBy(() -> Team.of("gpu:0,gpu:2", gpuBuild(2)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("gpu:");
  }

  @Test
  void theProcessorCountsSeveralTimes() {
    Team team = Team.of("cpu:0,cpu:1", cpuBuild());
    ConfigProto config = Placement.of(team, 1).config(Precision.FLOAT32);
    assertThat(config.getDeviceCountMap()).containsEntry("CPU", 2).containsEntry("GPU", 0);
    assertThat(Team.of("all", cpuBuild()).devices()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "cpu:0,gpu:1", "cpu:0,cpu:0", "cpu:0,cpu:2", "cpu:0,", "tpu:0"})
  void devicesThatAreNoneAreRefused(String words) {
    assertThatThrownBy(() -> Team.of(words, cpuBuild()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("devices: '");
  }

  @Test
  void autoGoesOnWithoutACardAndSaysWhy() {
    Devices devices = gpuBuild(0);
    assertThat(choose(devices, "auto").description()).isEqualTo("2 cores, AVX2");
    assertThat(devices.remark(DeviceChoice.of("auto")))
        .get()
        .asString()
        .contains("no card is used", "no NVIDIA driver", "--device cpu");
    assertThat(devices.remark(DeviceChoice.of("cpu"))).isEmpty();
    assertThat(cpuBuild().remark(DeviceChoice.of("auto"))).isEmpty();
  }

  @Test
  void cpuAndBuildsForProcessorsDoNotAskForCards() {
    machine.cards(FakeMachine.H100);
    assertThat(choose(gpuBuild(1), "cpu")).isInstanceOf(Device.OnProcessor.class);
    assertThat(choose(cpuBuild(), "auto")).isInstanceOf(Device.OnProcessor.class);
    assertThat(asked).isEmpty();
    assertThatThrownBy(() -> choose(cpuBuild(), "gpu:0"))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("gpu:0", "build for processors", "-Pgpu,cuda", "--device cpu");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "GPU:0", "gpu:-1", "gpu:99999", "tpu", "cpu:0"})
  void otherWordsAreRefused(String word) {
    assertThatThrownBy(() -> DeviceChoice.of(word))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'" + word + "' is none of auto, cpu, gpu:N");
  }

  @Test
  void aCardThatCannotBeUsedIsRefusedWithWhatIsMissing() {
    refused(0, "no NVIDIA driver", "install one, 525");
    machine.file("/proc/driver/nvidia/version", "NVRM version: NVIDIA Module  550.54.15  Tue\n");
    refused(0, "550.54.15 is here without its library libcuda.so.1", "--gpus all");
    machine.library(Library.DRIVER).cards(FakeMachine.H100).without("libcudnn.so.9");
    refused(0, "libcudnn.so.9 is missing", "-Pgpu,cuda");
    machine.library("libcudnn.so.9");
    refused(3, "there is one card", "choose");
    refused(0, "TensorFlow cannot open it", "juxta doctor");
    machine.variable("CUDA_VISIBLE_DEVICES", "");
    refused(0, "CUDA_VISIBLE_DEVICES='' hides it", "unset");
  }

  private void refused(int number, String... words) {
    assertThatThrownBy(() -> choose(gpuBuild(0), "gpu:" + number))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(words)
        .hasMessageContaining("gpu:" + number + " was asked for")
        .hasMessageEndingWith("or use --device cpu")
        .hasMessageNotContaining("\n");
  }

  @Test
  void librariesAreFoundWhereTheLoaderFindsThem() {
    machine.tool("ldconfig", "\tlibcudart.so.12 (libc6,x86-64) => /opt/cuda/libcudart.so.12\n");
    assertThat(Library.find(machine.host(), "libcudart.so.12").path())
        .contains(Path.of("/opt/cuda/libcudart.so.12"));
    machine.file("/own/libcudart.so.12", "").variable("LD_LIBRARY_PATH", root + "/own");
    Library own = Library.find(machine.host(), "libcudart.so.12");
    assertThat(own.path()).contains(root.resolve("own/libcudart.so.12"));
    assertThat(own.version()).isEqualTo("12");
  }

  @Test
  void bf16IsTakenWhereItIsFastAndRefusedWhereItIsSlower() {
    machine.cards(FakeMachine.H100 + FakeMachine.T4);
    Device h100 = choose(gpuBuild(2), "gpu:0");
    Device t4 = choose(gpuBuild(2), "gpu:1");
    assertThat(precision("auto", h100)).isEqualTo(Precision.BF16);
    assertThat(precision("bf16", h100)).isEqualTo(Precision.BF16);
    assertThat(precision("auto", t4)).isEqualTo(Precision.FLOAT32);
    assertThatThrownBy(() -> precision("bf16", t4))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("Tesla T4", "7.5", "use --precision float32 or auto");

    Device avx2 = choose(cpuBuild(), "cpu");
    assertThat(precision("auto", avx2)).isEqualTo(Precision.FLOAT32);
    assertThatThrownBy(() -> precision("bf16", avx2))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("avx512_bf16", "amx_bf16", "use --precision float32 or auto");

    machine = FakeMachine.of(root, FakeMachine.VNNI + " avx512_bf16");
    assertThat(precision("auto", choose(cpuBuild(), "cpu"))).isEqualTo(Precision.BF16);
    machine = FakeMachine.of(root, FakeMachine.VNNI);
    assertThat(precision("auto", choose(cpuBuild(), "cpu"))).isEqualTo(Precision.FLOAT32);

    machine = FakeMachine.of(root, FakeMachine.AMX);
    Device amx = choose(cpuBuild(), "cpu");
    assertThat(amx.description()).isEqualTo("2 cores, AMX, oneDNN");
    assertThat(precision("auto", amx)).isEqualTo(Precision.BF16);
    assertThat(Precision.of("auto", amx, Set.of(DataKind.VOLUMES))).isEqualTo(Precision.FLOAT32);
    assertThat(Precision.of("bf16", amx, Set.of(DataKind.VOLUMES))).isEqualTo(Precision.BF16);
    assertThat(Precision.of("auto", h100, Set.of(DataKind.VOLUMES))).isEqualTo(Precision.BF16);
    machine.variable("TF_ENABLE_ONEDNN_OPTS", "0");
    Device off = choose(cpuBuild(), "cpu");
    assertThat(precision("auto", off)).isEqualTo(Precision.FLOAT32);
    assertThatThrownBy(() -> precision("bf16", off)).hasMessageContaining("oneDNN is off");
  }

  private static Precision precision(String word, Device device) {
    return Precision.of(word, device, Set.of(DataKind.IMAGES));
  }

  @Test
  void sessionsSeeTheCardThatWasChosenOrNone() {
    machine.cards(FakeMachine.H100 + FakeMachine.T4);
    ConfigProto card = new Placement(choose(gpuBuild(2), "gpu:1"), 3).config(Precision.FLOAT32);
    assertThat(card.getGpuOptions().getVisibleDeviceList()).isEqualTo("1");
    assertThat(card.getGpuOptions().getAllowGrowth()).isTrue();
    assertThat(card.getIntraOpParallelismThreads()).isEqualTo(3);
    assertThat(card.getDeviceCountMap()).isEmpty();
    ConfigProto cpu = new Placement(choose(gpuBuild(2), "cpu"), 3).config(Precision.FLOAT32);
    assertThat(cpu.getDeviceCountMap()).containsEntry("GPU", 0);
  }

  @Test
  void compilingIsForCardsAndNeedsAToolkit() {
    machine.cards(FakeMachine.H100);
    Device card = choose(gpuBuild(1), "gpu:0");
    ConfigProto compiled = new Placement(card, 0, 20, true).config(Precision.BF16);
    assertThat(compiled.getGraphOptions().getOptimizerOptions().getGlobalJitLevel())
        .isEqualTo(OptimizerOptions.GlobalJitLevel.ON_2);
    assertThat(compiled.getGraphOptions().hasRewriteOptions()).isFalse(); // the layers round
    Device cpu = choose(gpuBuild(1), "cpu");
    assertThat(
            new Placement(cpu, 0, 1, true)
                .config(Precision.FLOAT32)
                .getGraphOptions()
                .hasOptimizerOptions())
        .isFalse();
    assertThat(gpuBuild(1).objectionToXla().orElseThrow()).contains("libdevice", "install");
    machine.file("/usr/local/cuda/nvvm/libdevice/libdevice.10.bc", "");
    assertThat(gpuBuild(1).objectionToXla()).isEmpty();
  }
}
