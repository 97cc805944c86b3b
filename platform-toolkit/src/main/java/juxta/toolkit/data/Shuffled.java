package juxta.toolkit.data;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import juxta.api.Sampler;

/** See {@link Samplers#shuffled}. */
final class Shuffled implements Sampler {
  private final String split;
  private final int size;
  private final int batch;
  private final IntUnaryOperator record;
  private final Shuffles shuffles;

  Shuffled(String split, int size, int batch, IntUnaryOperator record) {
    Batches.check("split '" + split + "'", size, batch);
    this.split = split;
    this.size = size;
    this.batch = batch;
    this.record = record;
    this.shuffles = new Shuffles(size, MAIN);
  }

  @Override
  public Map<String, Stream> streams() {
    return Map.of(MAIN, new Stream(split, batch));
  }

  @Override
  public long stepsPerEpoch() {
    return size / batch;
  }

  @Override
  public Map<String, int[]> indices(long seed, long step) {
    long epoch = step / stepsPerEpoch();
    long within = step % stepsPerEpoch();
    int[] positions = shuffles.take(seed, epoch * size + within * batch, batch);
    return Map.of(MAIN, Arrays.stream(positions).map(record).toArray());
  }
}
