package juxta.plugin.baselines.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Score;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.picture.Picture;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.picture.Mark;
import juxta.toolkit.picture.PictureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusteringTest {
  private static final Dataset EASY = Clusters.of(5, 10, .4, 210, 80);
  private static final Map<String, String> NO_MAP = Map.of("map-records", "0");

  @TempDir Path folder;

  private FakeEvaluation evaluation(Dataset data, Map<String, String> settings, String... more) {
    String[] functions = new String[more.length + 1];
    System.arraycopy(more, 0, functions, 1, more.length);
    functions[0] = ModelFunction.EMBED;
    return new FakeEvaluation(data, settings, functions).in(folder);
  }

  private static Map<String, Score> scores(FakeEvaluation evaluation) {
    Map<String, Score> scores = new LinkedHashMap<>();
    new Clustering().evaluate(evaluation).forEach(s -> scores.put(s.metric(), s));
    return scores;
  }

  private List<String> rows() throws IOException {
    return Files.readAllLines(folder.resolve("clusters.csv"));
  }

  @Test
  void separatedClassesAreFound() throws IOException {
    Map<String, Score> scores = scores(evaluation(EASY, NO_MAP));
    assertThat(scores.keySet())
        .containsExactly(
            "accuracy",
            "hungarian-accuracy",
            "nmi",
            "nmi-mapped",
            "ari",
            "silhouette",
            "davies-bouldin",
            "majority");
    for (String metric : List.of("accuracy", "hungarian-accuracy", "nmi", "nmi-mapped", "ari")) {
      assertThat(scores.get(metric).value()).as(metric).isEqualTo(1, within(1e-12));
    }
    assertThat(scores.get("silhouette").value()).isBetween(.4, 1.0);
    assertThat(scores.get("davies-bouldin").value()).isBetween(.1, 1.0);
    assertThat(scores.get("majority").value()).isEqualTo(.2);
    assertThat(scores.get("accuracy").unit()).isEqualTo(Score.Unit.RATE);
    scores.forEach(
        (metric, score) ->
            assertThat(score.better())
                .as(metric)
                .isEqualTo(
                    switch (metric) {
                      case "davies-bouldin" -> Score.Better.LOWER;
                      case "majority" -> Score.Better.NEITHER;
                      default -> Score.Better.HIGHER;
                    }));
    assertThat(scores.get("accuracy").protocol())
        .containsEntry("feature", "embed, 10 dimensions")
        .containsEntry("scored", "80 test records")
        .containsEntry("clusters", "5, as many as classes")
        .containsEntry(
            "k-means", "best of 10 starts of at most 300 rounds, fitted to 210 training records")
        .containsEntry("majority", "20.0 % of the scored records are of one class");
    assertThat(rows()).hasSize(291).startsWith("split,record,class,cluster,cluster-class");
    assertThat(rows().get(1)).matches("train,0,0,[0-4],0");
    assertThat(rows().get(7)).matches("train,6,,[0-4],1"); // has no class
    assertThat(rows().get(290)).matches("test,79,4,[0-4],4");
    assertThat(folder.resolve("clusters.png")).doesNotExist();
  }

  @Test
  void noiseIsAtChance() {
    Map<String, Score> scores = scores(evaluation(Clusters.of(4, 8, 1e4, 400, 200), NO_MAP));
    assertThat(scores.get("accuracy").value()).isBetween(.15, .4);
    assertThat(scores.get("nmi").value()).isLessThan(.1);
    assertThat(scores.get("ari").value()).isBetween(-.05, .05);
  }

  @Test
  void labelsOnlyNameTheClusters() throws IOException {
    Map<String, Score> scores = scores(evaluation(EASY, NO_MAP));
    List<String> before = clusters();
    // classes 0 and 1 change places among the training records, and only there
    Map<String, Score> swapped = scores(evaluation(relabelled(c -> c > 1 ? c : 1 - c), NO_MAP));
    assertThat(clusters()).isEqualTo(before);
    assertThat(swapped.get("accuracy").value()).isEqualTo(.6, within(1e-12));
    for (String metric :
        List.of("hungarian-accuracy", "nmi", "ari", "silhouette", "davies-bouldin")) {
      assertThat(swapped.get(metric)).isEqualTo(scores.get(metric));
    }
  }

  private List<String> clusters() throws IOException {
    return rows().stream().map(row -> row.split(",", -1)[3]).toList();
  }

  private static Dataset relabelled(IntUnaryOperator change) {
    Map<String, Split> splits = new HashMap<>(EASY.splits());
    splits.put(Dataset.TRAIN, new Changed(EASY.train(), change));
    return new Splits(splits);
  }

  /** Training records whose classes are others; those without one stay so. */
  private record Changed(Split split, IntUnaryOperator change) implements Split {
    @Override
    public int size() {
      return split.size();
    }

    @Override
    public List<Field> fields() {
      return split.fields();
    }

    @Override
    public Value value(String field, int record) {
      Value value = split.value(field, record);
      return field.equals(Field.LABEL) && value.number() >= 0
          ? Value.of(change.applyAsInt(value.number()))
          : value;
    }
  }

  private record Splits(Map<String, Split> splits, List<String> classes) implements Dataset {
    @Override
    public String id() {
      return "changed";
    }

    @Override
    public DataKind kind() {
      return DataKind.IMAGES;
    }

    Splits(Map<String, Split> splits) {
      this(splits, List.of());
    }

    @Override
    public String fingerprint() {
      return "1";
    }
  }

  @Test
  void namesOfClassesAreWritten() throws IOException {
    List<String> names = List.of("a", "b, c", "d", "e", "f");
    scores(evaluation(new Splits(EASY.splits(), names), NO_MAP));
    assertThat(rows().get(2)).matches("train,1,\"b, c\",[0-4],\"b, c\"");
  }

  @Test
  void ownClustersAreScoredToo() throws IOException {
    // by the sign of the first dimension: two clusters, which have to do with classes
    FakeEvaluation evaluation =
        evaluation(EASY, NO_MAP, "assign").assigning(x -> x[0] > 3 ? 1f : 0f);
    Map<String, Score> scores = scores(evaluation);
    assertThat(scores.get("accuracy").value()).isEqualTo(1, within(1e-12));
    assertThat(scores.get("own-accuracy").value()).isBetween(.2, .5);
    assertThat(scores.get("own-accuracy").value())
        .isEqualTo(scores.get("own-hungarian-accuracy").value());
    assertThat(scores.get("own-nmi").value()).isBetween(.01, .8);
    assertThat(scores).containsKeys("own-ari", "own-silhouette", "own-davies-bouldin");
    assertThat(scores.get("own-ari").protocol())
        .containsEntry("clusters", "2, the model's own (function 'assign')")
        .doesNotContainKey("k-means");
    assertThat(rows().get(0)).endsWith(",cluster-class,own-cluster");
    assertThat(rows().get(1)).matches("train,0,0,[0-4],0,[01]");
    assertThatThrownBy(
            () -> new Clustering().evaluate(evaluation(EASY, NO_MAP, "assign").assigning(x -> -1f)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("gives the cluster -1; clusters are numbered from 0");
  }

  @Test
  void theNumberOfClustersCanBeSet() {
    Map<String, Score> many =
        scores(evaluation(EASY, Map.of("map-records", "0", "clusters", "40", "restarts", "1")));
    assertThat(many.get("accuracy").value()).isEqualTo(1);
    assertThat(many.get("hungarian-accuracy").value()).isLessThan(.6);
    assertThat(many.get("accuracy").protocol()).containsEntry("clusters", "40, as set");
    Map<String, Score> one = scores(evaluation(EASY, Map.of("map-records", "0", "clusters", "1")));
    assertThat(one).doesNotContainKeys("silhouette", "davies-bouldin");
    assertThat(one.get("nmi").value()).isZero();
    assertThat(one.get("hungarian-accuracy").value()).isEqualTo(.2);
    Map<String, Score> elbow =
        scores(evaluation(EASY, Map.of("map-records", "0", "clusters", "-1", "restarts", "3")));
    assertThat(elbow.get("ari").protocol()).containsEntry("clusters", "5, by the elbow");
    assertThatThrownBy(() -> scores(evaluation(EASY, Map.of("clusters", "211"))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "clustering: 211 clusters cannot be made of 210 training records; set"
                + " clustering.clusters");
  }

  @Test
  void severalSeedsGiveMeans() {
    Map<String, String> settings =
        Map.of("map-records", "0", "clusters", "7", "restarts", "1", "seeds", "4");
    Map<String, Score> scores = scores(evaluation(EASY, settings));
    assertThat(scores.get("ari").protocol()).containsKeys("seeds", "deviation");
    assertThat(Double.parseDouble(scores.get("ari").protocol().get("deviation"))).isPositive();
    assertThat(scores.get("ari").value()).isBetween(.5, .99);
    assertThat(scores(evaluation(EASY, settings))).isEqualTo(scores);
  }

  @Test
  void lengthsCanBeTakenOut() {
    Dataset stretched = new Splits(Map.of("train", stretch("train"), "test", stretch("test")));
    Map<String, String> unit = Map.of("map-records", "0", "unit", "true");
    Map<String, Score> plain = scores(evaluation(EASY, unit));
    Map<String, Score> same = scores(evaluation(stretched, unit));
    assertThat(same.get("ari").value()).isEqualTo(plain.get("ari").value());
    assertThat(same.get("silhouette").value())
        .isEqualTo(plain.get("silhouette").value(), within(1e-5));
    assertThat(scores(evaluation(stretched, NO_MAP)).get("ari").value()).isLessThan(.9);
    assertThat(same.get("ari").protocol())
        .containsEntry("feature", "embed, 10 dimensions, brought to unit length");
  }

  private static Split stretch(String split) {
    return new Stretched(EASY.split(split), i -> 1 + i % 9);
  }

  private record Stretched(Split split, IntUnaryOperator factor) implements Split {
    @Override
    public int size() {
      return split.size();
    }

    @Override
    public List<Field> fields() {
      return split.fields();
    }

    @Override
    public Value value(String field, int record) {
      Value value = split.value(field, record);
      if (field.equals(Field.LABEL)) {
        return value;
      }
      float[] x = Tensors.floats(value);
      for (int i = 0; i < x.length; i++) {
        x[i] *= factor.applyAsInt(record);
      }
      return Tensors.floats(new long[] {x.length}, x);
    }
  }

  @Test
  void embeddingsThatAreNotFiniteAreAMistake() {
    Dataset broken = new Splits(Map.of("train", EASY.train(), "test", spoilt()));
    assertThatThrownBy(() -> scores(evaluation(broken, NO_MAP)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the embedding of record 3 of split 'test' is not finite");
  }

  private static Split spoilt() {
    Split test = EASY.split("test");
    return new Split() {
      @Override
      public int size() {
        return test.size();
      }

      @Override
      public List<Field> fields() {
        return test.fields();
      }

      @Override
      public Value value(String field, int record) {
        return field.equals(Field.IMAGE) && record == 3
            ? Tensors.floats(new long[] {10}, nan())
            : test.value(field, record);
      }
    };
  }

  private static float[] nan() {
    float[] x = new float[10];
    x[4] = Float.NaN;
    return x;
  }

  @Test
  void leavesAMapOfTestRecords() throws IOException {
    scores(
        evaluation(EASY, Map.of("map-records", "30"), "assign").assigning(x -> x[0] > 3 ? 1f : 0f));
    byte[] first = Files.readAllBytes(folder.resolve("clusters.png"));
    Picture map = PictureFiles.read(folder.resolve("clusters.png"));
    assertThat(map.size().width()).isGreaterThan(900);
    assertThat(map.size().height()).isGreaterThan(3 * 400); // classes, k-means, own clusters
    scores(
        evaluation(EASY, Map.of("map-records", "30"), "assign").assigning(x -> x[0] > 3 ? 1f : 0f));
    assertThat(Files.readAllBytes(folder.resolve("clusters.png"))).isEqualTo(first);
  }

  @Test
  void eachKindHasAMarkInTheMapAndInTheLegend() {
    Set<Mark> marks = new HashSet<>();
    for (int kind = 0; kind < 28; kind++) {
      assertThat(marks.add(Mark.of(kind))).isTrue();
      assertThat(Mark.of(kind).colour()).isNotEqualTo(Mark.of(kind + 1).colour());
      assertThat(Mark.of(kind).form()).isNotEqualTo(Mark.of(kind + 1).form());
    }
    Matrix corners = new Matrix(4, 2, new float[] {0, 0, 0, 1, 1, 0, 1, 1});
    SortedMap<Integer, String> names = new TreeMap<>();
    IntStream.range(0, 40).forEach(i -> names.put(i, "a rather long name of the class " + i));
    Picture picture =
        MapPicture.draw(
                List.of(new MapPicture.Panel("", corners)),
                List.of(new MapPicture.Row("", names, new int[] {0, 1, 2, 3})))
            .picture();
    Map<Integer, Integer> pixels = new HashMap<>();
    for (int x = 0; x < picture.size().width(); x++) {
      for (int y = 0; y < picture.size().height(); y++) {
        pixels.merge(picture.colour(y, x), 1, Integer::sum);
      }
    }
    for (int kind = 0; kind < 4; kind++) {
      assertThat(pixels).containsKey(Mark.of(kind).colour()); // opaque in the legend
    }
  }
}
