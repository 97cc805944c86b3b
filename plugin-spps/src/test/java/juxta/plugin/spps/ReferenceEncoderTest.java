package juxta.plugin.spps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import juxta.api.Encoder;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.testkit.StepRig;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pairs that an encoder of another architecture mines. */
class ReferenceEncoderTest {
  private static final String[] ALL = {"choose=all", "anchor-share=1", "pair-share=0.4"};

  @TempDir Path artefacts;

  private static FakeSetup setup(String... more) {
    List<String> all = new ArrayList<>(List.of(ALL));
    all.addAll(Arrays.asList(more));
    return new FakeSetup(all.toArray(String[]::new));
  }

  private FakeTask mine(FakeSetup setup) {
    Plan plan = Trials.spps().plan(setup);
    FakeTask task = FakeTask.of(setup, plan.functions(), artefacts);
    plan.phases().stream()
        .filter(phase -> phase instanceof Phase.Task)
        .forEach(phase -> ((Phase.Task) phase).body().accept(task));
    return task;
  }

  private PairFile pairs() {
    return PairFile.read(artefacts.resolve(PairFile.NAME));
  }

  /** Public weights of mobile networks come so. */
  @Test
  void aFoldedNetworkMines() throws Exception {
    float[] weights = {1, 0, 0, 1, 0, 0, 1, 0, -1, 1, 0, 0, 1, 0, -1}; // [3, 5]
    Path file = FoldedEncoder.write(artefacts, weights);
    FakeSetup setup = setup("reference-encoder=folded", "reference=" + file);
    FakeTask task = mine(setup);
    assertThat(pairs().header()).containsEntry("reference-encoder", "folded");
    assertThat(pairs().pairs()).hasSize(8);
    assertThat(Tensors.floats(task.read("reference.encoder.mix.weight"))).containsExactly(weights);
    Files.delete(artefacts.resolve("net.json"));
    assertThatThrownBy(() -> mine(setup))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("net.json");
  }

  /** torchvision's way of spelling, and our own. */
  @ParameterizedTest
  @ValueSource(strings = {"features.0.", "head.", "encoder.head."})
  void anotherArchitectureMinesWithItsOwnWeights(String spelled) throws Exception {
    Path file = artefacts.resolve("other.safetensors");
    float[] weight = {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, -1, 0, 0, 1, -1};
    Safetensors.writeValues(
        file,
        Map.of(
            spelled + "weight", Tensors.floats(new long[] {5, 3}, weight),
            spelled + "bias", Tensors.floats(new long[] {5}, new float[5])),
        Map.of());
    String[] settings = {"reference-encoder=other", "reference-settings=width=5"};
    FakeSetup setup = setup(settings[0], settings[1], "reference=" + file);
    FakeTask task = mine(setup);
    assertThat(pairs().header())
        .containsEntry("reference-encoder", "other")
        .containsEntry("features", "5");
    assertThat(pairs().pairs()).hasSize(8);
    assertThat(Tensors.floats(task.read("reference.encoder.head.weight")))
        .containsExactly(1, 0, 0, 1, 0, 0, 1, 0, -1, 1, 0, 0, 1, 0, -1); // in the graph's layout
    // the similarities are the cosines of W (mean colours)
    Pair first = pairs().pairs().get(0);
    double[] a = projected(setup, weight, first.first());
    double[] b = projected(setup, weight, first.second());
    assertThat(first.similarity())
        .isCloseTo(
            dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)),
            org.assertj.core.api.Assertions.within(1e-5));
    // what is trained on them is the run's own encoder
    TrainingPhase phase =
        ((Phase.Training) Trials.spps().plan(setup).phases().get(1)).create().apply(artefacts);
    try (StepRig rig = setup.rig("train", phase)) {
      assertThat(rig.names()).contains("encoder.fc.weight").noneMatch(n -> n.contains("head"));
      assertThat(rig.loss(0)).isFinite();
    }
  }

  private static double[] projected(FakeSetup setup, float[] weight, int image) {
    var pixels = setup.data().train().value("image", image).data();
    double[] mean = new double[3];
    int count = pixels.remaining() / 3;
    for (int i = 0; i < 3 * count; i++) {
      mean[i % 3] += (pixels.get() & 0xff) / 255.0 / count;
    }
    double[] out = new double[weight.length / 3];
    for (int i = 0; i < weight.length; i++) {
      out[i / 3] += weight[i] * mean[i % 3];
    }
    return out;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The run's own encoder by name, with the same weights: the same pairs as without a name. */
  @Test
  void theRunsOwnEncoderByNameMinesTheSamePairs() {
    FakeTask task = mine(setup());
    List<Pair> chosen = pairs().pairs();
    Path file = artefacts.resolve("own.safetensors");
    Safetensors.writeValues(file, onDisk(task), Map.of());
    mine(setup("reference=" + file));
    assertThat(pairs().pairs()).isEqualTo(chosen);
    String checksum = pairs().header().get("encoder-sha256");
    Plan plan =
        new Spps()
            .among(Trials.FRAMEWORKS)
            .withEncoders(List.of(new Tiny()))
            .plan(setup("reference-encoder=tiny", "reference=" + file));
    FakeTask named = FakeTask.of(setup(), plan.functions(), artefacts);
    plan.phases().stream()
        .filter(phase -> phase instanceof Phase.Task)
        .forEach(phase -> ((Phase.Task) phase).body().accept(named));
    assertThat(pairs().pairs()).isEqualTo(chosen);
    assertThat(pairs().header()).containsEntry("encoder-sha256", checksum);
  }

  private static Map<String, Value> onDisk(FakeTask task) {
    Map<String, Value> weights = new java.util.LinkedHashMap<>();
    ReferenceWeights.parameters(setup())
        .forEach(
            (name, parameter) ->
                weights.put(
                    "encoder." + name,
                    juxta.toolkit.io.Layouts.toDisk(
                        parameter.layout(), task.read("reference.encoder." + name))));
    return weights;
  }

  /** The trial's own encoder, as a plug-in would have it. */
  private record Tiny() implements Encoder {
    @Override
    public String id() {
      return "tiny";
    }

    @Override
    public String summary() {
      return "the trial's own";
    }

    @Override
    public Network create(GraphScope scope, long[] input, Settings settings) {
      return new TinyEncoder(scope, (int) (input[0] * input[1] * input[2]), 6);
    }
  }

  @Test
  void withoutWeightsItIsTrainedFirst() {
    FakeSetup setup = setup("reference-encoder=other", "bootstrap-epochs=1");
    TrainingPhase phase =
        ((Phase.Training) Trials.spps().plan(setup).phases().get(0)).create().apply(artefacts);
    try (StepRig rig = setup.rig("bootstrap", phase)) {
      assertThat(rig.names())
          .contains("reference.encoder.head.weight")
          .noneMatch(name -> name.contains("fc"));
    }
  }

  @Test
  void viewsCanBeEnlargedForIt() {
    List<int[]> seen = new ArrayList<>();
    Encoder watched =
        new Watched(
            new OtherEncoder(),
            input -> seen.add(new int[] {(int) input[0], (int) input[1], (int) input[2]}));
    FakeSetup setup = setup("reference-encoder=other", "reference-side=8");
    Plan plan = new Spps().among(Trials.FRAMEWORKS).withEncoders(List.of(watched)).plan(setup);
    FakeTask.of(setup, plan.functions(), artefacts);
    assertThat(seen).isNotEmpty().allSatisfy(shape -> assertThat(shape).containsExactly(8, 8, 3));
  }

  /** Tells of the inputs that it is made for and applied to. */
  private record Watched(Encoder whole, java.util.function.Consumer<long[]> seen)
      implements Encoder {
    @Override
    public String id() {
      return whole.id();
    }

    @Override
    public String summary() {
      return whole.summary();
    }

    @Override
    public Network create(GraphScope scope, long[] input, Settings settings) {
      seen.accept(input);
      Network network = whole.create(scope, input, settings);
      return new Network() {
        @Override
        public int width() {
          return network.width();
        }

        @Override
        public juxta.api.Features apply(
            org.tensorflow.Operand<org.tensorflow.types.TFloat32> views, juxta.api.Pass pass) {
          long[] shape = views.shape().asArray();
          seen.accept(new long[] {shape[1], shape[2], shape[3]});
          return network.apply(views, pass);
        }
      };
    }
  }

  @Test
  void controlsStandBesideThePairs() throws Exception {
    FakeTask task = mine(setup());
    List<String> lines = Files.readAllLines(artefacts.resolve("pair-controls.csv"));
    assertThat(lines.get(0)).isEqualTo("pairs,count,images,coverage,purity,similarity-mean,steps");
    assertThat(lines).hasSize(4); // without labels there are none of the same class
    assertThat(lines.get(1)).startsWith("mined,8,");
    assertThat(lines.get(2)).startsWith("random,8,");
    assertThat(lines.get(3)).isEqualTo("none,0,0,0,,,10");
    assertThat(lines.get(1)).endsWith(",14");
    mine(setup("pairs=random"));
    Diagnostics random = Diagnostics.of(pairs().pairs(), new int[20], List.of("a"));
    assertThat(lines.get(2).split(",")[2]).isEqualTo(Integer.toString(random.images()));
    assertThat(task.logged().get("pair-coverage")).isEqualTo(task.logged().get("pair-images") / 20);
    mine(setup("equal-steps=true"));
    assertThat(Files.readAllLines(artefacts.resolve("pair-controls.csv")))
        .filteredOn(line -> line.endsWith(",10"))
        .hasSize(3);
  }

  /** Two classes of ten: half of the pairs of neighbours are pure, a tenth more of random ones. */
  @Test
  void purityAndCoverageOfControls() {
    int n = 20;
    float[] features = new float[n * 2];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i < 10 ? 0 : 1;
      features[2 * i] = (float) Math.cos(i * 0.1);
      features[2 * i + 1] = (float) Math.sin(i * 0.1);
    }
    Controls controls =
        new Controls(
            labels, List.of("a", "b"), new Similarities(new juxta.api.Matrix(n, 2, features)), 3);
    List<Pair> mined = List.of(new Pair(0, 1, 0.9), new Pair(9, 10, 0.9));
    assertThat(controls.of(mined).purity().getAsDouble()).isEqualTo(0.5);
    assertThat(controls.of(mined).coverage(n)).isEqualTo(4.0 / n);
    assertThat(controls.of(controls.sameClass(40).orElseThrow()).purity().getAsDouble())
        .isEqualTo(1);
    assertThat(controls.sameClass(46)).isEmpty(); // of 90
    assertThat(controls.random(95)).isPresent();
    assertThat(controls.random(96)).isEmpty(); // of 190
    assertThat(controls.csv(mined, 14, 10).lines().toList())
        .hasSize(5)
        .anyMatch(line -> line.startsWith("same-class,2,") && line.contains(",1.0,"));
  }

  @Test
  void whatDoesNotFitIsRefusedInALine() {
    refused(
        "reference-encoder: 'nothing' is none of chosen, other, folded",
        "reference-encoder=nothing");
    refused(
        "reference-settings: they are of another reference-encoder; choose one, or set those of"
            + " the run's own with --set encoder.KEY=VALUE",
        "reference-settings=width=4");
    refused(
        "reference-settings: 'depth=4' is no KEY=VALUE of encoder 'other', which has width",
        "reference-encoder=other",
        "reference-settings=depth=4");
    refused(
        "reference-settings: width: '10' is out of range (1 to 9)",
        "reference-encoder=other",
        "reference-settings=width=10");
    Path file = artefacts.resolve("w.safetensors");
    Safetensors.writeValues(file, Map.of("x", Tensors.floats(new long[] {1}, 1)), Map.of());
    assertThatThrownBy(() -> mine(setup("reference-encoder=other", "reference=" + file)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lacks weights")
        .hasMessageContaining("head.weight")
        .hasMessageEndingWith(
            "choose reference-encoder and reference-settings as the reference was trained with");
    assertThat(Trials.spps().settings())
        .extracting(Setting::key)
        .contains("reference-encoder", "reference-settings", "reference-side");
  }

  private static void refused(String message, String... settings) {
    assertThatThrownBy(() -> Trials.spps().plan(setup(settings)))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }
}
