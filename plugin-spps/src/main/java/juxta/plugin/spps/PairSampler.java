package juxta.plugin.spps;

import java.util.List;
import java.util.Map;
import juxta.api.Dataset;
import juxta.api.Sampler;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.graph.Seeds;

/**
 * The training list: entry e below N is image e on its own, entry N + p is pair p. Every epoch
 * visits all entries in a new random order. A step's records are the images that first views are
 * made of, and then, entry by entry, those of the second views; of a pair that is one image each,
 * in either order.
 */
final class PairSampler implements Sampler {
  private final int images;
  private final int[] firsts;
  private final int[] seconds;
  private final int batch;
  private final Sampler entries;

  PairSampler(int images, List<Pair> pairs, int batch) {
    this.images = images;
    this.firsts = pairs.stream().mapToInt(Pair::first).toArray();
    this.seconds = pairs.stream().mapToInt(Pair::second).toArray();
    this.batch = batch;
    this.entries = Samplers.shuffled(Dataset.TRAIN, images + firsts.length, batch);
  }

  @Override
  public Map<String, Stream> streams() {
    return Map.of(MAIN, new Stream(Dataset.TRAIN, 2 * batch));
  }

  /** An image twice, or two images: one view of each, as many as of an image alone. */
  @Override
  public int examplesPerStep() {
    return batch;
  }

  @Override
  public long stepsPerEpoch() {
    return entries.stepsPerEpoch();
  }

  @Override
  public Map<String, int[]> indices(long seed, long step) {
    int[] entry = entries.indices(seed, step).get(MAIN); // [B]
    long epoch = step / stepsPerEpoch();
    int[] records = new int[2 * batch];
    for (int b = 0; b < batch; b++) {
      int pair = entry[b] - images;
      if (pair < 0) {
        records[b] = entry[b];
        records[batch + b] = entry[b];
      } else {
        boolean swapped = (Seeds.mix(Seeds.mix(Seeds.mix(seed, "swap"), epoch), pair) & 1) == 1;
        records[b] = swapped ? seconds[pair] : firsts[pair];
        records[batch + b] = swapped ? firsts[pair] : seconds[pair];
      }
    }
    return Map.of(MAIN, records);
  }
}
