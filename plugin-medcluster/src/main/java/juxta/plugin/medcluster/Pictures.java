package juxta.plugin.medcluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Split;
import juxta.api.TaskContext;
import juxta.api.Value;
import juxta.picture.Picture;
import juxta.toolkit.graph.Seeds;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.picture.Canvas;
import juxta.toolkit.picture.Mosaic;

/**
 * The pictures that a run leaves: {@code prototypes.png}, a row a cluster, its prototype decoded
 * and then the training images nearest to it; {@code samples.png}, a row a cluster, images drawn;
 * {@code reconstructions.png}, images and below each of them what the decoder makes of it.
 *
 * @param design of the run
 * @param task where the model and the folder come from
 * @param shown images of a cluster
 */
record Pictures(Design design, TaskContext task, int shown) {
  /** Draws among which each cluster's are looked for; rare clusters may stay without any. */
  private static final int DRAWS = 2000;

  /** Pixels that an image is wide at least, and between two. */
  private static final int LEAST = 64;

  private static final int GAP = 4;

  private static final int AT_ONCE = 250;

  /**
   * Writes them.
   *
   * @param used clusters in use, which come first
   * @param h of all training images, [N, Q]
   * @param clusters of all training images
   */
  void write(int used, Matrix h, int[] clusters) {
    sheet(prototypes(used, h, clusters)).write(task.artefacts().resolve("prototypes.png"));
    sheet(samples(used)).write(task.artefacts().resolve("samples.png"));
    sheet(reconstructions()).write(task.artefacts().resolve("reconstructions.png"));
  }

  private Canvas sheet(List<List<float[]>> rows) {
    int side = design.image().side();
    int channels = design.image().channels();
    return Mosaic.of(
        rows.stream()
            .map(row -> row.stream().map(image -> picture(side, channels, image)).toList())
            .toList(),
        Math.max(1, (LEAST + side - 1) / side),
        GAP);
  }

  /** An image [side, side, channels] with values in [0, 1]; what lies outside is cut off. */
  static Picture picture(int side, int channels, float[] image) {
    return Picture.painted(
        side,
        side,
        (y, x) -> {
          int colour = 0;
          for (int c = 0; c < 3; c++) {
            float value = image[(y * side + x) * channels + Math.min(c, channels - 1)];
            colour = colour << 8 | Math.round(255 * Math.max(0, Math.min(1, value)));
          }
          return colour;
        });
  }

  /** Each prototype, and its nearest members. */
  private List<List<float[]>> prototypes(int used, Matrix h, int[] clusters) {
    int[] all = IntStream.range(0, used).toArray();
    Map<String, Value> asked = Map.of(Functions.CLUSTER, Tensors.ints(new long[] {used}, all));
    List<float[]> decoded;
    float[] mu; // [K, Q]
    try (Evaluation.Applied prototype =
        task.open(Functions.PROTOTYPE, List.of(Functions.cluster()))) {
      decoded = split(prototype.run(asked, Field.IMAGE));
      mu = Tensors.floats(prototype.run(asked, ModelFunction.EMBEDDING));
    }
    List<List<Integer>> nearest = new ArrayList<>();
    for (int k : all) {
      nearest.add(
          IntStream.range(0, clusters.length)
              .filter(i -> clusters[i] == k)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> distance(h, i, mu, k)))
              .limit(shown)
              .toList());
    }
    List<float[]> views =
        reconstructed(
            design.setup().data().train(),
            nearest.stream().flatMap(List::stream).toList(),
            Functions.VIEW);
    List<List<float[]>> rows = new ArrayList<>();
    int next = 0;
    for (int k : all) {
      List<float[]> row = new ArrayList<>(List.of(decoded.get(k)));
      row.addAll(views.subList(next, next + nearest.get(k).size()));
      next += nearest.get(k).size();
      rows.add(row);
    }
    return rows;
  }

  private static double distance(Matrix h, int image, float[] mu, int k) {
    double sum = 0;
    for (int j = 0; j < h.columns(); j++) {
      double off = h.at(image, j) - mu[k * h.columns() + j];
      sum += off * off;
    }
    return sum;
  }

  /** Draws, sorted by the cluster that each of them falls into. */
  private List<List<float[]>> samples(int used) {
    RandomGenerator random = new SplittableRandom(Seeds.mix(task.seed(), 1));
    Map<Integer, List<float[]>> drawn = new TreeMap<>();
    try (Evaluation.Applied sample =
        task.open(Functions.SAMPLE, List.of(Functions.noise(design)))) {
      for (int done = 0; done < DRAWS && missing(drawn, used); done += AT_ONCE) {
        float[] noise = new float[AT_ONCE * design.latent()];
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (float) random.nextGaussian();
        }
        Map<String, Value> asked =
            Map.of(Functions.NOISE, Tensors.floats(new long[] {AT_ONCE, design.latent()}, noise));
        float[] clusters = Tensors.floats(sample.run(asked, Functions.CLUSTER));
        List<float[]> images = split(sample.run(asked, Field.IMAGE));
        for (int i = 0; i < AT_ONCE; i++) {
          List<float[]> row =
              drawn.computeIfAbsent(Math.round(clusters[i]), k -> new ArrayList<>());
          if (row.size() <= shown) {
            row.add(images.get(i));
          }
        }
      }
    }
    return IntStream.range(0, used).mapToObj(k -> drawn.getOrDefault(k, List.of())).toList();
  }

  private boolean missing(Map<Integer, List<float[]>> drawn, int used) {
    return IntStream.range(0, used).anyMatch(k -> drawn.getOrDefault(k, List.of()).size() <= shown);
  }

  /** Test images where there are some, evenly from the whole split, two rows of them. */
  private List<List<float[]>> reconstructions() {
    Dataset data = design.setup().data();
    Split split = data.splits().getOrDefault(Dataset.TEST, data.train());
    int wide = shown + 1; // as wide as the other sheets
    int n = Math.min(split.size(), 2 * wide);
    List<Integer> chosen =
        IntStream.range(0, n).map(i -> (int) ((long) i * split.size() / n)).boxed().toList();
    List<float[]> views = reconstructed(split, chosen, Functions.VIEW);
    List<float[]> decoded = reconstructed(split, chosen, Field.IMAGE);
    List<List<float[]>> rows = new ArrayList<>();
    for (int from = 0; from < n; from += wide) {
      int to = Math.min(n, from + wide);
      rows.add(views.subList(from, to));
      rows.add(decoded.subList(from, to));
    }
    return rows;
  }

  /** An output of {@code reconstruct} for some records. */
  private List<float[]> reconstructed(Split split, List<Integer> records, String output) {
    List<Map<String, Value>> asked =
        records.stream().map(i -> Map.of(Field.IMAGE, split.value(Field.IMAGE, i))).toList();
    if (asked.isEmpty()) {
      return List.of();
    }
    try (Evaluation.Applied reconstruct =
        task.open(ModelFunction.RECONSTRUCT, List.of(split.field(Field.IMAGE)))) {
      return split(reconstruct.records(asked, output));
    }
  }

  private static List<float[]> split(Value images) {
    float[] all = Tensors.floats(images);
    int n = images.shape().get(0).intValue();
    int length = all.length / n;
    return IntStream.range(0, n)
        .mapToObj(i -> java.util.Arrays.copyOfRange(all, i * length, (i + 1) * length))
        .toList();
  }
}
