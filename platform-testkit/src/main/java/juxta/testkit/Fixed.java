package juxta.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import juxta.api.Sampler;

/**
 * The same records in every step.
 *
 * @param streams the streams
 * @param records the records of each
 */
record Fixed(Map<String, Stream> streams, Map<String, int[]> records) implements Sampler {
  /** Of one stream. */
  static Fixed of(String split, int... records) {
    return new Fixed(
        Map.of(MAIN, new Stream(split, records.length)), Map.of(MAIN, records.clone()));
  }

  /** As many as a sampler draws, the first of each split. */
  static Fixed first(Sampler sampler) {
    Map<String, int[]> records = new LinkedHashMap<>();
    sampler
        .streams()
        .forEach((name, stream) -> records.put(name, IntStream.range(0, stream.size()).toArray()));
    return new Fixed(sampler.streams(), records);
  }

  @Override
  public long stepsPerEpoch() {
    return 1;
  }

  @Override
  public Map<String, int[]> indices(long seed, long step) {
    return records;
  }
}
