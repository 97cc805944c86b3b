package juxta.engine.hardware;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import juxta.toolkit.graph.SessionDevice;
import org.tensorflow.proto.ConfigProto;

/** The devices of the machine that this process runs on. */
final class MachineDevices implements Devices {
  /** Found out when first asked for. */
  static final class Here {
    static final Devices DEVICES =
        new MachineDevices(
            Host.here(),
            Runtime.getRuntime().availableProcessors(),
            TensorFlowBuild.find() == TensorFlowBuild.GPU,
            SessionDevice::of);

    private Here() {}
  }

  private static final String LIBDEVICE = "/usr/local/cuda/nvvm/libdevice/libdevice.10.bc";

  private final Host host;
  private final int cores;
  private final boolean gpuBuild;
  private final Function<ConfigProto, List<SessionDevice>> tensorFlow;
  private final Map<Integer, Optional<Card>> opened = new ConcurrentHashMap<>();

  /**
   * Devices.
   *
   * @param host the machine
   * @param cores how many the process may use
   * @param gpuBuild whether TensorFlow's library is one for cards
   * @param tensorFlow says which devices TensorFlow opens
   */
  MachineDevices(
      Host host,
      int cores,
      boolean gpuBuild,
      Function<ConfigProto, List<SessionDevice>> tensorFlow) {
    this.host = host;
    this.cores = cores;
    this.gpuBuild = gpuBuild;
    this.tensorFlow = tensorFlow;
  }

  @Override
  public Device.OnProcessor processor() {
    Processor processor = Processor.of(host);
    return new Device.OnProcessor(
        processor, cores, processor.usesOneDnn(host.variable("TF_ENABLE_ONEDNN_OPTS")));
  }

  @Override
  public boolean gpuBuild() {
    return gpuBuild;
  }

  @Override
  public Optional<Card> card(int number) {
    return gpuBuild ? opened.computeIfAbsent(number, this::open) : Optional.empty();
  }

  @Override
  public int cardCount() {
    return Cards.of(host).cards().size();
  }

  @Override
  public void openTogether(List<Integer> numbers) {
    if (numbers.stream().allMatch(opened::containsKey)) {
      return;
    }
    List<SessionDevice> found = cards(numbers);
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      opened.put(
          number,
          found.size() == numbers.size()
              ? Optional.of(card(number, found.get(i)))
              : Optional.empty());
    }
  }

  private Optional<Card> open(int number) {
    return cards(List.of(number)).stream().findFirst().map(device -> card(number, device));
  }

  /** TensorFlow tells whether it opens the cards, the driver what cards they are. */
  private List<SessionDevice> cards(List<Integer> numbers) {
    ConfigProto.Builder config = ConfigProto.newBuilder();
    config
        .getGpuOptionsBuilder()
        .setAllowGrowth(true)
        .setVisibleDeviceList(
            String.join(",", numbers.stream().map(number -> Integer.toString(number)).toList()));
    return tensorFlow.apply(config.build()).stream()
        .filter(device -> device.type().equals("GPU"))
        .toList();
  }

  private Card card(int number, SessionDevice device) {
    return Cards.of(host).cards().stream()
        .filter(card -> card.number() == number)
        .findFirst()
        .orElseGet(
            () -> new Card(number, "card " + number, OptionalDouble.empty(), device.memory()));
  }

  /** The compiler looks for a part of the toolkit that is none of the libraries. */
  @Override
  public Optional<String> objectionToXla() {
    boolean found =
        Files.exists(host.path(LIBDEVICE))
            || host.variable("XLA_FLAGS").filter(f -> f.contains("cuda_data_dir")).isPresent();
    return found
        ? Optional.empty()
        : Optional.of(
            "the compiler needs "
                + LIBDEVICE
                + " of a CUDA toolkit; install one, or name its folder with"
                + " XLA_FLAGS=--xla_gpu_cuda_data_dir=FOLDER");
  }

  @Override
  public String lack(int number) {
    Cards cards = Cards.of(host);
    if (Library.find(host, Library.DRIVER).path().isEmpty()) {
      return cards.driver().isPresent()
          ? "NVIDIA's driver "
              + cards.driver().get()
              + " is here without its library "
              + Library.DRIVER
              + "; give it to the container (--gpus all)"
          : "there is no NVIDIA driver (" + Library.DRIVER + "); install one, 525 or newer";
    }
    String hidden = host.environment().get("CUDA_VISIBLE_DEVICES");
    if (hidden != null && cards.cards().size() <= number) {
      return "CUDA_VISIBLE_DEVICES='" + hidden + "' hides it; unset the variable";
    }
    List<String> missing =
        Library.CUDA.values().stream()
            .filter(name -> Library.find(host, name).path().isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      return String.join(", ", missing)
          + (missing.size() == 1 ? " is" : " are")
          + " missing; build with ./mvnw -Pgpu,cuda -DskipTests package, or install CUDA 12 and"
          + " cuDNN 9";
    }
    int count = cards.cards().size();
    if (count == 0) {
      return "the driver shows no card; see what nvidia-smi says";
    }
    return count <= number
        ? "there "
            + (count == 1 ? "is one card" : "are " + count + " cards, counted from 0")
            + "; choose one of them"
        : "TensorFlow cannot open it; TF_CPP_MIN_LOG_LEVEL=0 juxta doctor shows why";
  }
}
