package juxta.toolkit.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import juxta.api.Sampler;

/** See {@link Samplers#twoStreams}. */
final class TwoStreams implements Sampler {
  private final Pool paced;
  private final Pool endless;
  private final Shuffles pacedShuffles;
  private final Shuffles endlessShuffles;

  TwoStreams(Pool paced, Pool endless) {
    Batches.check("stream '" + paced.stream() + "'", paced.records().length, paced.batch());
    Batches.check("stream '" + endless.stream() + "'", endless.records().length, 1);
    Batches.check("stream '" + endless.stream() + "'", Integer.MAX_VALUE, endless.batch());
    if (paced.stream().equals(endless.stream())) {
      throw new IllegalArgumentException("both streams are named '" + paced.stream() + "'");
    }
    this.paced = paced;
    this.endless = endless;
    this.pacedShuffles = new Shuffles(paced.records().length, paced.stream());
    this.endlessShuffles = new Shuffles(endless.records().length, endless.stream());
  }

  @Override
  public Map<String, Stream> streams() {
    Map<String, Stream> streams = new LinkedHashMap<>();
    streams.put(paced.stream(), new Stream(paced.split(), paced.batch()));
    streams.put(endless.stream(), new Stream(endless.split(), endless.batch()));
    return streams;
  }

  @Override
  public long stepsPerEpoch() {
    return paced.records().length / paced.batch();
  }

  @Override
  public Map<String, int[]> indices(long seed, long step) {
    long epoch = step / stepsPerEpoch();
    long within = step % stepsPerEpoch();
    long position = epoch * paced.records().length + within * paced.batch();
    return Map.of(
        paced.stream(),
        pick(paced, pacedShuffles.take(seed, position, paced.batch())),
        endless.stream(),
        pick(endless, endlessShuffles.take(seed, step * endless.batch(), endless.batch())));
  }

  private static int[] pick(Pool pool, int[] positions) {
    return Arrays.stream(positions).map(i -> pool.records()[i]).toArray();
  }
}
