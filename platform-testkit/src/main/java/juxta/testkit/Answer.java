package juxta.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Parameter;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.Value;
import juxta.engine.train.Evaluations;
import juxta.engine.train.FrozenModel;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * What a function of a model made of the training records.
 *
 * @param function the function
 * @param parameters full names of those that it uses
 * @param made its outputs by name
 * @param fault what kept it from making some
 */
record Answer(
    ModelFunction function,
    List<String> parameters,
    Map<String, Value> made,
    Optional<RuntimeException> fault) {
  /** Asks all functions that the training records fit. */
  static List<Answer> all(
      FrozenModel model, List<ModelFunction> functions, TinyTraining training, Path folder) {
    Evaluation evaluation =
        new Evaluations(
                model,
                training.setup(folder),
                folder,
                training.choices().placement(),
                new Attentive(),
                () -> false)
            .with(Settings.DEFAULTS);
    Split split = training.data().train();
    return functions.stream().filter(f -> fits(f, split)).map(f -> of(f, evaluation)).toList();
  }

  /** Whether the function can be applied to records of the split. */
  static boolean fits(ModelFunction function, Split split) {
    return function.inputs().stream()
        .allMatch(f -> split.has(f.name()) && split.field(f.name()).type() == f.type());
  }

  /** The outputs; throws what kept the function from making them. */
  Map<String, Value> outputs() {
    fault.ifPresent(
        f -> {
          throw f;
        });
    return made;
  }

  private static Answer of(ModelFunction function, Evaluation evaluation) {
    Split split = evaluation.data().train();
    List<Field> inputs =
        function.inputs().stream().map(f -> Corner.of(f, split.field(f.name()))).toList();
    List<String> parameters = new ArrayList<>();
    Map<String, Value> made = new LinkedHashMap<>();
    try {
      List<String> outputs = built(function, inputs, evaluation, parameters);
      List<Map<String, Value>> records =
          IntStream.range(0, split.size()).mapToObj(i -> record(split, inputs, i)).toList();
      try (Evaluation.Applied applied = evaluation.open(function.name(), inputs)) {
        outputs.forEach(output -> made.put(output, applied.records(records, output)));
      }
      return new Answer(function, parameters, made, Optional.empty());
    } catch (RuntimeException e) {
      return new Answer(function, parameters, Map.of(), Optional.of(e));
    }
  }

  static Map<String, Value> record(Split split, List<Field> inputs, int record) {
    Map<String, Value> values = new LinkedHashMap<>();
    inputs.forEach(f -> values.put(f.name(), Corner.of(f, split.value(f.name(), record))));
    return values;
  }

  /** Builds the function once more, to see what it makes and of what. */
  private static List<String> built(
      ModelFunction function, List<Field> inputs, Evaluation evaluation, List<String> parameters) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, evaluation.seed(), "inference");
      Map<String, Operand<? extends TType>> fields = new LinkedHashMap<>();
      List<Field> given = function.preparation().isPresent() ? function.prepared() : inputs;
      for (Field field : given) {
        long[] shape =
            IntStream.rangeClosed(0, field.shape().size())
                .mapToLong(axis -> axis == 0 ? -1 : field.shape().get(axis - 1))
                .toArray();
        fields.put(
            field.name(),
            builder
                .root()
                .tf()
                .placeholder(Tensors.type(field.type()), Placeholder.shape(Shape.of(shape))));
      }
      Map<String, Operand<TFloat32>> outputs =
          evaluation.model().apply(function.name(), builder.root(), new Batch(fields));
      builder.parameters().stream().map(Parameter::name).forEach(parameters::add);
      return List.copyOf(outputs.keySet());
    }
  }
}
