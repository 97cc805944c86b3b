package juxta.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import juxta.api.Batch;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.toolkit.graph.Parts;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * A network that several devices share, where the graph has such: each applies it to a part of the
 * batch.
 *
 * @param scope a place in its graph
 * @param network what each of them applies
 */
record SharedNetwork(GraphScope scope, Network network) implements Network {
  @Override
  public int width() {
    return network.width();
  }

  @Override
  public Features apply(Operand<TFloat32> input, Pass pass) {
    return features(input, part -> network.apply(part, pass));
  }

  @Override
  public Features dense(Operand<TFloat32> input, Pass pass) {
    return features(input, part -> network.dense(part, pass));
  }

  /** What a part of a network makes of a part of a batch. */
  @FunctionalInterface
  private interface Applied {
    Features of(Operand<TFloat32> part);
  }

  private Features features(Operand<TFloat32> input, Applied applied) {
    List<String> names = new ArrayList<>(); // of the maps, the same for all parts
    List<Operand<? extends TType>> made =
        Parts.apply(
            scope,
            List.of(input),
            part -> {
              Features features = applied.of(floats(part.get(0)));
              names.clear();
              names.addAll(new TreeSet<>(features.maps().keySet()));
              List<Operand<? extends TType>> all = new ArrayList<>();
              all.add(features.embedding());
              names.forEach(name -> all.add(features.maps().get(name)));
              return all;
            });
    Map<String, Operand<TFloat32>> maps = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      maps.put(names.get(i), floats(made.get(1 + i)));
    }
    return new Features(floats(made.get(0)), maps);
  }

  /** Treats the records of a batch, each device some of them. */
  static Batch records(GraphScope scope, Batch batch, UnaryOperator<Batch> treatment) {
    List<String> given = List.copyOf(new TreeSet<>(batch.fields().keySet()));
    List<String> names = new ArrayList<>();
    List<Operand<? extends TType>> made =
        Parts.apply(
            scope,
            given.stream().<Operand<? extends TType>>map(batch::get).toList(),
            part -> {
              Batch treated = treatment.apply(named(given, part));
              names.clear();
              names.addAll(new TreeSet<>(treated.fields().keySet()));
              return names.stream().<Operand<? extends TType>>map(treated::get).toList();
            });
    return named(names, made);
  }

  private static Batch named(List<String> names, List<Operand<? extends TType>> values) {
    Map<String, Operand<? extends TType>> fields = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      fields.put(names.get(i), values.get(i));
    }
    return new Batch(fields);
  }

  @SuppressWarnings("unchecked") // features are floats, as the input is
  private static Operand<TFloat32> floats(Operand<? extends TType> operand) {
    return (Operand<TFloat32>) operand;
  }
}
