package juxta.engine.hardware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import juxta.engine.catalogue.Fault;

/** Looks at everything that training needs, one finding a thing. */
public final class Examination {
  private static final String PROCESSOR = "processor";
  private static final String CARDS = "cards";
  private static final String SOFTWARE = "software";
  private static final String FOLDERS = "folders";
  private static final long GIGA = 1_000_000_000L;
  private static final long LITTLE_MEMORY = 3 * GIGA;
  private static final long LITTLE_SPACE = 2 * GIGA;
  private static final int OLDEST_DRIVER = 525;

  private final Host host;
  private final Subject subject;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * What is looked at beside the machine.
   *
   * @param plugins names of the plug-ins that were loaded
   * @param faults those that were not
   * @param cache folder of downloads and derived files
   * @param temporary folder of temporary files
   * @param natives folder that TensorFlow's library is unpacked to
   * @param heap bytes that Java may fill with objects
   */
  public record Subject(
      List<String> plugins,
      List<Fault> faults,
      Path cache,
      Path temporary,
      Path natives,
      long heap) {}

  private Examination(Host host, Subject subject) {
    this.host = host;
    this.subject = subject;
  }

  /**
   * Looks at this machine.
   *
   * @param subject what is looked at beside the machine
   * @return the findings, by section
   */
  public static List<Finding> of(Subject subject) {
    return of(Host.here(), subject, TensorFlowBuild.find(), Probed.attempt());
  }

  static List<Finding> of(Host host, Subject subject, TensorFlowBuild build, Probed probed) {
    Examination examination = new Examination(host, subject);
    examination.processor(probed);
    examination.limits();
    examination.malloc();
    examination.cards(build, probed);
    examination.software(build, probed);
    examination.folders();
    return List.copyOf(examination.findings);
  }

  private void processor(Probed probed) {
    Processor processor = Processor.of(host);
    String instructions = String.join(", ", processor.instructions());
    findings.add(
        processor.runsTensorFlow()
            ? Finding.ok(
                PROCESSOR,
                "processor",
                processor.model() + (instructions.isEmpty() ? "" : ": " + instructions))
            : Finding.stops(
                PROCESSOR,
                "processor",
                processor.model()
                    + " has no AVX, which TensorFlow is built for: it cannot run here",
                "use another machine (or another processor type for the virtual one)"));
    if (!processor.isX86()) {
      findings.add(Finding.absent(PROCESSOR, "oneDNN", "is for Intel's and AMD's processors"));
    } else if (probed.convolution().isPresent()) {
      findings.add(
          Finding.ok(
              PROCESSOR, "oneDNN", "computes convolutions (" + probed.convolution().get() + ")"));
    } else if (probed.failure().isPresent()) {
      findings.add(Finding.absent(PROCESSOR, "oneDNN", "not tried: TensorFlow does not run"));
    } else {
      Optional<String> variable = host.variable("TF_ENABLE_ONEDNN_OPTS");
      findings.add(
          Finding.wrong(
              PROCESSOR,
              "oneDNN",
              "is off: convolutions are several times slower",
              variable.isPresent()
                  ? "unset TF_ENABLE_ONEDNN_OPTS, which is '" + variable.get() + "'"
                  : "start Juxta by bin/juxta, or set TF_ENABLE_ONEDNN_OPTS=1"));
    }
    bf16(processor, probed);
  }

  private void bf16(Processor processor, Probed probed) {
    Optional<String> lacks = processor.lacksForBf16();
    if (lacks.isPresent()) {
      findings.add(
          Finding.absent(
              PROCESSOR, "bf16", "the processor lacks " + lacks.get() + ": it trains in float32"));
    } else if (probed.bf16().isPresent()) {
      findings.add(
          Finding.ok(
              PROCESSOR,
              "bf16",
              "is computed in hardware ("
                  + probed.bf16().get()
                  + "); --precision auto "
                  + (processor.multipliesBf16() ? "takes it for images" : "takes float32")));
    } else if (probed.failure().isPresent()) {
      findings.add(Finding.absent(PROCESSOR, "bf16", "not tried: TensorFlow does not run"));
    } else {
      findings.add(
          Finding.wrong(
              PROCESSOR,
              "bf16",
              "the processor has it, but it is not used, since oneDNN is off",
              "see oneDNN"));
    }
  }

  private void limits() {
    Limits limits = Limits.of(host);
    String cores = limits.cores() + " of " + limits.allCores();
    findings.add(
        limits.cores() < limits.schedulable()
            ? Finding.wrong(
                PROCESSOR,
                "cores",
                cores
                    + " by a limit of the container: TensorFlow starts "
                    + limits.schedulable()
                    + " threads, which wait for each other",
                "pass --threads " + limits.cores())
            : Finding.ok(PROCESSOR, "cores", cores));
    String memory =
        Bytes.of(limits.memory())
            + (limits.memory() < limits.allMemory()
                ? " of " + Bytes.of(limits.allMemory()) + ", by a limit of the container"
                : "");
    if (limits.allMemory() == 0) {
      findings.add(Finding.absent(PROCESSOR, "memory", "this system does not say"));
    } else {
      findings.add(
          limits.memory() < LITTLE_MEMORY
              ? Finding.wrong(
                  PROCESSOR,
                  "memory",
                  memory + ": larger networks will not fit",
                  "give it more, or use --preset small and a smaller --batch")
              : Finding.ok(PROCESSOR, "memory", memory));
    }
  }

  /** What is mapped into this process decides; a variable may name what was not found. */
  private void malloc() {
    String maps = host.read("/proc/self/maps").orElse("");
    for (String other : List.of("jemalloc", "tcmalloc", "mimalloc")) {
      if (maps.contains("lib" + other)) {
        findings.add(Finding.ok(PROCESSOR, "malloc", other));
        return;
      }
    }
    if (maps.contains("ld-musl")) {
      findings.add(
          Finding.stops(
              PROCESSOR,
              "malloc",
              "musl: TensorFlow is built for glibc and cannot be loaded here",
              "use a system with glibc, such as Debian, in place of Alpine"));
    } else if (!maps.isEmpty()) {
      findings.add(Finding.ok(PROCESSOR, "malloc", "glibc"));
    }
  }

  private void cards(TensorFlowBuild build, Probed probed) {
    Cards cards = Cards.of(host);
    if (build != TensorFlowBuild.GPU) {
      if (cards.cards().isEmpty()) {
        findings.add(Finding.absent(CARDS, "card", "none, and this is TensorFlow for processors"));
      }
      for (Card card : cards.cards()) {
        findings.add(
            Finding.wrong(
                CARDS,
                "card " + card.number(),
                describe(card) + ", lies idle: this is TensorFlow for processors",
                "build with ./mvnw -Pgpu,cuda -DskipTests package"));
      }
      return;
    }
    Optional<String> driver = cards.driver();
    boolean library = Library.find(host, Library.DRIVER).path().isPresent();
    if (!library) {
      findings.add(
          Finding.wrong(
              CARDS,
              "driver",
              driver.map(v -> v + " without its library ").orElse("none: no ")
                  + Library.DRIVER
                  + ", so that no card can be used",
              driver.isPresent()
                  ? "give it to the container (docker run --gpus all)"
                  : "install NVIDIA's driver, 525 or newer; without a card, use the build for"
                      + " processors"));
    } else if (driver.filter(Examination::tooOld).isPresent()) {
      findings.add(
          Finding.wrong(
              CARDS,
              "driver",
              driver.get() + ": too old for CUDA 12, so that no card can be used",
              "install NVIDIA's driver, 525 or newer"));
    } else {
      findings.add(Finding.ok(CARDS, "driver", driver.orElse("of unknown version")));
    }
    for (Card card : cards.cards()) {
      findings.add(
          card.number() < probed.cards() || probed.failure().isPresent()
              ? Finding.ok(CARDS, "card " + card.number(), describe(card))
              : Finding.wrong(
                  CARDS,
                  "card " + card.number(),
                  describe(card) + ", but TensorFlow does not open it",
                  "mend what is marked beside it; TF_CPP_MIN_LOG_LEVEL=0 shows what TensorFlow"
                      + " says"));
    }
    if (cards.cards().isEmpty()) {
      findings.add(Finding.absent(CARDS, "card", "none is shown by the driver"));
    }
    Library.CUDA.forEach(this::library);
  }

  private void library(String what, String name) {
    Library found = Library.find(host, name);
    findings.add(
        found
            .path()
            .map(path -> Finding.ok(CARDS, what, found.version() + "  " + path))
            .orElseGet(
                () ->
                    Finding.wrong(
                        CARDS,
                        what,
                        name + " is missing, so that no card can be used",
                        "build with ./mvnw -Pgpu,cuda -DskipTests package, or install CUDA 12 and"
                            + " cuDNN 9")));
  }

  private static boolean tooOld(String driver) {
    return Integer.parseInt(driver.replaceFirst("\\..*", "")) < OLDEST_DRIVER;
  }

  private static String describe(Card card) {
    return card.name()
        + (card.capability().isPresent()
            ? ", compute capability " + card.capability().getAsDouble()
            : "")
        + (card.memory() > 0 ? ", " + Bytes.of(card.memory()) : "");
  }

  private void software(TensorFlowBuild build, Probed probed) {
    findings.add(
        Finding.ok(
            SOFTWARE,
            "Java",
            Runtime.version()
                + " ("
                + System.getProperty("java.home")
                + "), heap "
                + Bytes.of(subject.heap())));
    String kind = build == TensorFlowBuild.GPU ? "for cards and processors" : "for processors";
    if (build == TensorFlowBuild.NONE) {
      findings.add(
          Finding.stops(
              SOFTWARE,
              "TensorFlow",
              "its library for " + TensorFlowBuild.platform() + " is not in lib: nothing can train",
              "build Juxta on this system with ./mvnw -DskipTests package"));
    } else if (probed.version().isEmpty()) {
      findings.add(
          Finding.stops(
              SOFTWARE,
              "TensorFlow",
              kind + ", cannot be loaded (" + probed.failure().orElse("") + "): nothing can train",
              "see that the system is one with glibc 2.31 or newer, and that the folders below are"
                  + " writable and have room"));
    } else if (probed.failure().isPresent()) {
      findings.add(
          Finding.stops(
              SOFTWARE,
              "TensorFlow",
              probed.version().get() + ", " + kind + ", fails: " + probed.failure().get(),
              "report it with what TF_CPP_MIN_LOG_LEVEL=0 juxta doctor prints"));
    } else {
      findings.add(Finding.ok(SOFTWARE, "TensorFlow", probed.version().get() + ", " + kind));
    }
    findings.add(
        subject.plugins().isEmpty()
            ? Finding.stops(
                SOFTWARE,
                "plug-ins",
                "none is loaded: there is no method to train",
                "see the folder that 'juxta plugins --help' names")
            : Finding.ok(
                SOFTWARE,
                "plug-ins",
                subject.plugins().size() + " loaded: " + String.join(", ", subject.plugins())));
    for (Fault fault : subject.faults()) {
      findings.add(
          Finding.wrong(SOFTWARE, fault.jar(), fault.cause() + ": not loaded", fault.remedy()));
    }
  }

  private void folders() {
    folder("cache", subject.cache(), "downloads and caches", "set JUXTA_CACHE to another folder");
    folder(
        "temporary files",
        subject.temporary(),
        "temporary files",
        "set JUXTA_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER to another");
    folder(
        "native library",
        subject.natives(),
        "TensorFlow's library, unpacked",
        "set JUXTA_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=FOLDER to another");
  }

  private void folder(String name, Path folder, String what, String remedy) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent(); // it is made when it is needed
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      findings.add(
          Finding.stops(
              FOLDERS, name, folder + " cannot be written: no place for " + what, remedy));
      return;
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      String text = folder + ", " + Bytes.of(free) + " free";
      findings.add(
          free < LITTLE_SPACE
              ? Finding.wrong(
                  FOLDERS, name, text + ": little for " + what, "make room, or " + remedy)
              : Finding.ok(FOLDERS, name, text));
    } catch (IOException e) {
      findings.add(Finding.absent(FOLDERS, name, folder + ", free space unknown"));
    }
  }
}
