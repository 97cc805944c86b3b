package juxta.engine.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/**
 * Applies functions of a model whose weights change. The graph of each is built once and kept, so
 * that a look at a model in training costs little more than the passes themselves.
 */
public final class KeptFunctions implements AutoCloseable {
  private final long seed;
  private final Placement placement;
  private final Map<String, AppliedFunction> open = new LinkedHashMap<>();
  private final Set<String> current = new HashSet<>();
  private FrozenModel model;

  /**
   * None yet.
   *
   * @param model the model as it is now
   * @param seed the run's, for functions that draw at random
   * @param placement where they run
   */
  public KeptFunctions(FrozenModel model, long seed, Placement placement) {
    this.model = model;
    this.seed = seed;
    this.placement = placement;
  }

  /**
   * Other weights, from now on.
   *
   * @param now the same functions with the weights of this moment
   */
  public void become(FrozenModel now) {
    model = now;
    current.clear();
  }

  FrozenModel model() {
    return model;
  }

  /** A row a record, as {@link Inference} makes them. */
  Matrix run(String name, Split split, String output) {
    ModelFunction function = model.function(name);
    List<Field> inputs = function.inputs().stream().map(f -> split.field(f.name())).toList();
    List<String> fields = inputs.stream().map(Field::name).toList();
    AppliedFunction applied =
        open.computeIfAbsent(
            name,
            n -> new AppliedFunction(model, n, inputs, seed, placement.here(Precision.FLOAT32)));
    if (current.add(name)) {
      applied.load(model.store());
    }
    float[] all = new float[0];
    int columns = 0;
    int batch = Inference.batch(function, split);
    for (int from = 0; from < split.size(); from += batch) {
      int to = Math.min(split.size(), from + batch);
      List<Map<String, Value>> records = new ArrayList<>();
      for (int record = from; record < to; record++) {
        records.add(split.values(fields, record));
      }
      float[] part = Tensors.floats(applied.records(records, output));
      if (from == 0) {
        columns = part.length / (to - from);
        all = new float[Math.multiplyExact(split.size(), columns)];
      }
      System.arraycopy(part, 0, all, from * columns, part.length);
    }
    return new Matrix(split.size(), columns, all);
  }

  @Override
  public void close() {
    open.values().forEach(AppliedFunction::close);
    open.clear();
    current.clear();
  }
}
