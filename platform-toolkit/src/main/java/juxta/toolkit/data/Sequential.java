package juxta.toolkit.data;

import java.util.Map;
import java.util.stream.IntStream;
import juxta.api.Sampler;

/** See {@link Samplers#sequential}. */
record Sequential(String split, int size, int batch) implements Sampler {
  Sequential {
    Batches.check("split '" + split + "'", size, 1);
    Batches.check("a step", batch, 1);
  }

  @Override
  public Map<String, Stream> streams() {
    return Map.of(MAIN, new Stream(split, batch));
  }

  @Override
  public long stepsPerEpoch() {
    return (size + batch - 1) / batch;
  }

  @Override
  public Map<String, int[]> indices(long seed, long step) {
    return Map.of(
        MAIN, IntStream.range(0, batch).map(i -> (int) ((step * batch + i) % size)).toArray());
  }
}
