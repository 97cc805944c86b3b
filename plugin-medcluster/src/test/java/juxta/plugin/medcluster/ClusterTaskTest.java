package juxta.plugin.medcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.toolkit.clustering.ClassMap;
import juxta.toolkit.clustering.Clusters;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTaskTest {
  private static final int N = 90;
  private static final int Q = 4;

  @TempDir Path folder;

  /** Three Gaussians far apart, image i belongs to number i mod 3. */
  private static Matrix blobs() {
    Random random = new Random(2);
    float[] values = new float[N * Q];
    for (int i = 0; i < values.length; i++) {
      int blob = i / Q % 3;
      values[i] = (float) random.nextGaussian() + (i % Q == blob ? 30 : 0);
    }
    return new Matrix(N, Q, values);
  }

  private FakeTask run(Blobs data, String... settings) {
    FakeTask task = FakeTask.of(data, folder, Map.of("embedding", blobs()));
    new ClusterTask(FakeSetup.of(data, 4, folder, settings)).run(task);
    return task;
  }

  private static Matrix centres(FakeTask task, int k) {
    float[] all = Tensors.floats(task.read("clusters.prototypes"));
    return new Matrix(k, Q, java.util.Arrays.copyOf(all, k * Q));
  }

  @Test
  void theElbowOfThreeBlobsIsThree() throws IOException {
    FakeTask task = run(Blobs.of(N));
    assertThat(task.logged().get("clusters")).isEqualTo(3);
    assertThat(task.read("clusters.prototypes").shape()).containsExactly(19L, (long) Q);
    assertThat(task.read("clusters.centres")).isEqualTo(task.read("clusters.prototypes"));
    float[] used = Tensors.floats(task.read("clusters.used"));
    assertThat(IntStream.range(0, 19).filter(k -> used[k] == 1).toArray()).containsExactly(0, 1, 2);
    int[] clusters = Clusters.nearest(centres(task, 3), blobs());
    int[] labels = IntStream.range(0, N).map(i -> i % 3).toArray();
    ClassMap map = ClassMap.of(clusters, labels, 3);
    assertThat(map.classes()).containsExactlyInAnyOrder(0, 1, 2); // one to one
    assertThat(map.predict(clusters)).containsExactly(labels);
    String curve = Files.readString(folder.resolve("elbow.csv"));
    assertThat(curve.lines()).hasSize(1 + 18);
    assertThat(curve.lines().filter(line -> line.endsWith(",elbow")))
        .singleElement()
        .matches(line -> line.startsWith("3,"));
  }

  @Test
  void aNumberThatIsGivenIsTaken() {
    FakeTask task = run(Blobs.of(N), "clusters=7");
    assertThat(task.logged().get("clusters")).isEqualTo(7);
    assertThat(task.read("clusters.prototypes").shape()).containsExactly(7L, (long) Q);
    assertThat(folder.resolve("elbow.csv")).doesNotExist();
  }

  @Test
  void labelsChangeTheMapAndNotTheClusters() {
    FakeTask one = run(Blobs.of(N));
    FakeTask other = run(new Blobs(N, 16, 1, 1));
    assertThat(other.written()).isEqualTo(one.written());
    int[] clusters = Clusters.nearest(centres(one, 3), blobs());
    int[] mapOne = finished(Blobs.of(N), one, clusters);
    int[] mapOther = finished(new Blobs(N, 16, 1, 1), other, clusters);
    for (int k = 0; k < 3; k++) {
      assertThat(mapOther[k]).isEqualTo((mapOne[k] + 1) % 3);
    }
  }

  /**
   * The map of the last phase; a FakeTask fails where anything but training images is asked for.
   */
  private int[] finished(Blobs data, FakeTask clustered, int[] clusters) {
    float[] numbers = new float[N];
    for (int i = 0; i < N; i++) {
      numbers[i] = clusters[i];
    }
    FakeTask task =
        FakeTask.of(
            data, folder, Map.of("embedding", blobs(), "cluster", new Matrix(N, 1, numbers)));
    task.write(clustered.written());
    Design design = Design.of(FakeSetup.of(data, 4, folder, "latent=" + Q, "pictures=0"), true);
    new FinishTask(design).run(task);
    assertThat(task.logged().get("train-mapped-accuracy")).isEqualTo(1);
    assertThat(task.read("clusters.centres")).isEqualTo(clustered.read("clusters.centres"));
    assertThat(task.read("clusters.prototypes")).isEqualTo(clustered.read("clusters.prototypes"));
    return Tensors.ints(task.read("clusters.classes"));
  }

  @Test
  void centresFollowTheEncoderAndPrototypesDoNot() {
    FakeTask before = run(Blobs.of(N), "clusters=3");
    Matrix h = blobs();
    float[] moved = h.values().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += 5; // what the second phase did to h
    }
    FakeTask task =
        FakeTask.of(
            Blobs.of(N),
            folder,
            Map.of(
                "embedding", new Matrix(N, Q, moved), "cluster", new Matrix(N, 1, new float[N])));
    task.write(before.written());
    Design design =
        Design.of(
            FakeSetup.of(Blobs.of(N), 4, folder, "latent=" + Q, "pictures=0", "clusters=3"), true);
    new FinishTask(design).run(task);
    float[] old = Tensors.floats(before.read("clusters.centres"));
    float[] now = Tensors.floats(task.read("clusters.centres"));
    double[] gap = {0, 0};
    for (int i = 0; i < old.length; i++) {
      gap[0] += old[i] / old.length;
      gap[1] += now[i] / old.length;
    }
    assertThat(gap[1] - gap[0]).isCloseTo(5, org.assertj.core.api.Assertions.within(1e-3));
    assertThat(task.read("clusters.prototypes")).isEqualTo(before.read("clusters.prototypes"));
  }

  @Test
  void theMapCanBeMadeOfFewImages() throws IOException {
    FakeTask task =
        FakeTask.of(
            Blobs.of(N),
            folder,
            Map.of("embedding", blobs(), "cluster", new Matrix(N, 1, new float[N])));
    task.write(ClusterTask.parameters(new Matrix(2, Q, new float[2 * Q]), 19));
    Design design =
        Design.of(
            FakeSetup.of(Blobs.of(N), 4, folder, "latent=" + Q, "pictures=0", "map-images=2"),
            true);
    new FinishTask(design).run(task); // the first two are of classes 0 and 1
    assertThat(Files.readString(folder.resolve("clusters.csv")))
        .isEqualTo("cluster,images,class,share\n0," + N + ",left,0.5\n1,0,,\n");
    assertThat(Blobs.of(N).train().value(Field.LABEL, 1).number()).isEqualTo(1);
  }
}
