package juxta.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.benchmarks.data.JpegFolder;
import juxta.benchmarks.embed.Agreement;
import juxta.benchmarks.embed.Figures;
import juxta.benchmarks.embed.Subject;
import juxta.benchmarks.embed.WithOnnx;
import juxta.benchmarks.embed.WithTensorFlow;

/**
 * What a trained model costs in ONNX Runtime, as {@code juxta.inference} runs it, and in
 * TensorFlow, as {@code juxta embed} does: the same weights and pictures, in processes of their
 * own, one after the other. Each embeds one picture in one process and all of them in another.
 */
final class Inference {
  private static final String ONNX = "onnx";
  private static final String TENSORFLOW = "tensorflow";

  /** All that a program with {@code juxta.inference} has on its class path. */
  private static final List<String> SMALL =
      List.of(
          "classes",
          "platform-inference",
          "platform-picture",
          "platform-text",
          "jackson-core",
          "onnxruntime");

  private final Path work;
  private final Options options;
  private final Subject subject;
  private final List<Path> all;

  /** A process from its start to its end. */
  private record Cost(double seconds, Figures figures) {}

  /** A contender's turn: a process for one picture, and one for all. */
  private record Turn(Cost one, Cost all, int pictures) {
    double start() {
      return one.seconds();
    }

    double startCpu() {
      return one.figures().cpu();
    }

    /** Milliseconds that each further picture takes. */
    double each() {
      return 1e3 * (all.seconds() - one.seconds()) / (pictures - 1);
    }

    double eachCpu() {
      return 1e3 * (all.figures().cpu() - one.figures().cpu()) / (pictures - 1);
    }

    double peakOne() {
      return one.figures().peak();
    }

    double peakAll() {
      return all.figures().peak();
    }
  }

  private Inference(Path work, Options options, Subject subject) throws IOException {
    this.work = work;
    this.options = options;
    this.subject = subject;
    JpegFolder.make(work.resolve("all"), options.images());
    this.all = listed("all");
    copy("few", Subject.BATCH);
    copy("one", 1);
    listed("one");
  }

  private void copy(String folder, int count) throws IOException {
    for (Path picture : all.subList(0, count)) {
      Path copy = work.resolve(folder).resolve(work.resolve("all").relativize(picture));
      Files.createDirectories(copy.getParent());
      Files.copy(picture, copy);
    }
  }

  static void run(Options options) throws IOException {
    if (options.images() < Subject.BATCH) {
      throw new IllegalArgumentException("--images must be " + Subject.BATCH + " or more");
    }
    String encoder =
        switch (options.network()) {
          case RESNET18 -> "resnet18";
          case VIT -> "vit-t";
          case VNET ->
              throw new IllegalArgumentException("--network: inference is of resnet18, vit");
        };
    Path work = Files.createTempDirectory("inference");
    try {
      Subject subject = new Subject(encoder, options.side(), options.threads());
      new Inference(work, options, subject).measure();
    } finally {
      JpegFolder.delete(work);
    }
  }

  private void measure() throws IOException {
    Table table =
        new Table(
            "inference " + subject.encoder(),
            String.format(
                Locale.ROOT,
                "%d JPEG files of 300 x 224, side %d, %d turns, %d threads",
                options.images(),
                options.side(),
                options.steps(),
                options.threads()));
    subject.train(work.resolve("few"), work.resolve("cache"), work.resolve("run"));
    subject.export(work.resolve("run"), work.resolve("cache"), work.resolve(ONNX));
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    for (String contender : List.of(TENSORFLOW, ONNX)) {
      turns.put(contender, new ArrayList<>());
    }
    for (int i = 0; i < options.steps(); i++) {
      turns.get(TENSORFLOW).add(turn(this::tensorflow));
      turns.get(ONNX).add(turn(this::onnx));
    }
    row(table, turns, "one picture, whole process", "s", Turn::start);
    row(table, turns, "one picture, cpu", "s", Turn::startCpu);
    row(table, turns, "one picture, peak", "MiB", Turn::peakOne);
    row(table, turns, "each further picture", "ms", Turn::each);
    row(table, turns, "each further, cpu", "ms", Turn::eachCpu);
    row(table, turns, "all pictures, peak", "MiB", Turn::peakAll);
    double least =
        Agreement.least(
            work.resolve("tensorflow-all.npy"),
            work.resolve("onnx-all.f32"),
            all,
            work.resolve("all"));
    table.note("least cosine between the two embeddings of a picture: %.7f", least);
    table.end(options);
  }

  private static void row(
      Table table,
      Map<String, List<Turn>> turns,
      String what,
      String unit,
      ToDoubleFunction<Turn> figure) {
    turns.forEach(
        (name, of) ->
            table.row(
                name + ": " + what, Quartiles.of(of.stream().mapToDouble(figure).toArray()), unit));
    double[] ratios =
        IntStream.range(0, turns.get(ONNX).size())
            .mapToDouble(
                i ->
                    figure.applyAsDouble(turns.get(TENSORFLOW).get(i))
                        / figure.applyAsDouble(turns.get(ONNX).get(i)))
            .toArray();
    table.row("tensorflow / onnx: " + what, Quartiles.of(ratios), "");
  }

  /** Embeds pictures in a process. */
  @FunctionalInterface
  private interface Contender {
    Cost embed(String folder) throws IOException;
  }

  private Turn turn(Contender contender) throws IOException {
    return new Turn(contender.embed("one"), contender.embed("all"), all.size());
  }

  private Cost tensorflow(String folder) throws IOException {
    return process(
        System.getProperty("java.class.path"),
        WithTensorFlow.class.getName(),
        List.of("-XX:+UseParallelGC", "-XX:GCTimeRatio=19"), // as the start script
        List.of(
            subject.encoder(),
            Integer.toString(options.side()),
            Integer.toString(options.threads()),
            work.resolve("run").toString(),
            work.resolve(folder).toString(),
            work.resolve("cache").toString(),
            work.resolve("tensorflow-" + folder + ".npy").toString()));
  }

  private Cost onnx(String folder) throws IOException {
    String path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                part -> SMALL.stream().anyMatch(Path.of(part).getFileName().toString()::startsWith))
            .collect(Collectors.joining(File.pathSeparator));
    return process(
        path,
        WithOnnx.class.getName(),
        List.of(),
        List.of(
            work.resolve(ONNX).toString(),
            work.resolve(folder + ".txt").toString(),
            work.resolve("onnx-" + folder + ".f32").toString(),
            Integer.toString(options.threads())));
  }

  private static Cost process(String path, String main, List<String> java, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(List.of("-cp", path, main));
    command.addAll(arguments);
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int status = process.waitFor();
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (status != 0) {
        throw new IllegalStateException(
            main + " ended with " + status + "; its messages are above");
      }
      return new Cost(seconds, Figures.read(said));
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The pictures of a folder, in a file that a contender reads. */
  private List<Path> listed(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(work.resolve(folder))) {
      List<Path> pictures = files.filter(Files::isRegularFile).sorted().toList();
      Files.write(work.resolve(folder + ".txt"), pictures.stream().map(Path::toString).toList());
      return pictures;
    }
  }
}
