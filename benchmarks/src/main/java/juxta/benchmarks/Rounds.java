package juxta.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import juxta.benchmarks.Lane.Sample;

/**
 * Steps of several contenders in turn, A B C A B C: whatever else the machine does slows all of
 * them alike, and ratios are taken within a round.
 *
 * @param samples the steps of each contender, by its name; the first one is what others are
 *     compared with
 * @param losses every loss of each contender, warm-up included
 */
record Rounds(Map<String, List<Sample>> samples, Map<String, List<Double>> losses) {
  static Rounds run(List<? extends Lane> lanes, Options options) {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    Map<String, List<Double>> losses = new LinkedHashMap<>();
    for (Lane lane : lanes) {
      samples.put(lane.name(), new ArrayList<>());
      losses.put(lane.name(), new ArrayList<>());
    }
    for (int round = 0; round < options.total(); round++) {
      for (Lane lane : lanes) {
        Sample sample = lane.step();
        losses.get(lane.name()).add(sample.loss());
        if (round >= options.warmup()) {
          samples.get(lane.name()).add(sample);
        }
      }
    }
    return new Rounds(samples, losses);
  }

  /** What a contender's steps took. */
  Quartiles of(String name, ToDoubleFunction<Sample> what) {
    return Quartiles.of(samples.get(name).stream().mapToDouble(what).toArray());
  }

  /** What one contender's steps took over what another's did, round by round. */
  Quartiles ratio(String above, String below, ToDoubleFunction<Sample> what) {
    List<Sample> a = samples.get(above);
    List<Sample> b = samples.get(below);
    double[] ratios = new double[a.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = what.applyAsDouble(a.get(i)) / what.applyAsDouble(b.get(i));
    }
    return Quartiles.of(ratios);
  }
}
