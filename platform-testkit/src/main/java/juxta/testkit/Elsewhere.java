package juxta.testkit;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.ModelFunction;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.Value;
import juxta.engine.export.Exported;
import juxta.engine.export.ExportedFunction;
import juxta.engine.export.OnnxFiles;
import juxta.engine.export.SavedModelFiles;
import juxta.engine.run.Export;
import juxta.engine.train.Evaluations;
import juxta.engine.train.FrozenModel;
import juxta.toolkit.data.Prepared;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;

/** Whether the functions of a model give out of files what they give here. */
final class Elsewhere {
  /** One record, and more than one, of a number that nothing is fond of. */
  private static final int[] BATCHES = {1, 7};

  /** Of images whose sides the function leaves open. */
  private static final long OPEN = 40;

  private static final double ROUNDING = 1e-4;

  private final FrozenModel model;
  private final Evaluation evaluation;
  private final Split split;
  private final List<String> differences = new ArrayList<>();

  private Elsewhere(FrozenModel model, TinyTraining training, Path folder) {
    this.model = model;
    this.split = training.data().train();
    this.evaluation =
        new Evaluations(
                model,
                training.setup(folder),
                folder,
                training.choices().placement(),
                new Attentive(),
                () -> false)
            .with(Settings.DEFAULTS);
  }

  /** Where they differ, in words; functions that have no translation to ONNX are left out. */
  static List<String> differences(FrozenModel model, TinyTraining training, Path folder) {
    try {
      return found(model, training, folder);
    } catch (RuntimeException e) { // the other promises of the run can still be tried
      return List.of(e.toString());
    }
  }

  private static List<String> found(FrozenModel model, TinyTraining training, Path folder) {
    Elsewhere elsewhere = new Elsewhere(model, training, folder);
    Exported subject = Export.subject(model, training.setup(folder), List.of(), "tried");
    Map<String, ExportedFunction> onnx =
        new OnnxFiles().write(subject, model.functions(), folder).functions();
    Map<String, ExportedFunction> saved =
        new SavedModelFiles().write(subject, onnx.keySet(), folder).functions();
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      onnx.forEach(
          (name, function) -> elsewhere.compare(name, function, saved.get(name), bundle, folder));
    }
    return elsewhere.differences;
  }

  private void compare(
      String name,
      ExportedFunction onnx,
      ExportedFunction saved,
      SavedModelBundle bundle,
      Path folder) {
    ModelFunction function = model.function(name);
    boolean fits = Answer.fits(function, split);
    List<Field> inputs =
        fits
            ? function.inputs().stream().map(f -> Corner.of(f, split.field(f.name()))).toList()
            : onnx.inputs().stream().map(Elsewhere::field).toList();
    try (OrtSession session =
            OrtEnvironment.getEnvironment().createSession(folder.resolve(onnx.file()).toString());
        Evaluation.Applied here = evaluation.open(name, inputs)) {
      for (int size : BATCHES) {
        Map<String, Value> batch = fits ? batch(function, inputs, size) : drawn(inputs, size);
        Map<String, float[]> own = new LinkedHashMap<>();
        for (ExportedFunction.Output output : onnx.outputs()) {
          own.put(output.name(), Tensors.floats(here.run(batch, output.name())));
        }
        String which = "' of '" + name + "' for " + size + " records";
        compare("ONNX, '", which, own, run(session, onnx, batch));
        compare("SavedModel, '", which, own, run(bundle, name, batch));
      }
    } catch (OrtException e) {
      differences.add("ONNX, '" + name + "': " + e.getMessage());
    }
    if (!saved.outputs().equals(renamed(onnx))) {
      differences.add("'" + name + "': outputs " + saved.outputs() + ", not " + onnx.outputs());
    }
  }

  /** Signatures of a SavedModel have inputs and outputs of one name, files of ONNX have not. */
  private static List<ExportedFunction.Output> renamed(ExportedFunction onnx) {
    return onnx.outputs().stream()
        .map(o -> new ExportedFunction.Output(o.name(), o.name(), o.shape()))
        .toList();
  }

  private void compare(
      String format, String which, Map<String, float[]> here, Map<String, float[]> there) {
    here.forEach((output, values) -> compare(format + output + which, values, there.get(output)));
  }

  private Map<String, Value> batch(ModelFunction function, List<Field> inputs, int size) {
    return Prepared.batch(
        function,
        IntStream.range(0, size)
            .mapToObj(i -> Answer.record(split, inputs, i % split.size()))
            .toList());
  }

  private static Field field(ExportedFunction.Input input) {
    return new Field(
        input.name(),
        FieldType.valueOf(input.type().toUpperCase(Locale.ROOT)),
        input.shape().stream().map(length -> length < 0 ? OPEN : length).toList());
  }

  /** Values for what the data's records have no fields for: views, noise, numbers of clusters. */
  private static Map<String, Value> drawn(List<Field> fields, int size) {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Value> batch = new LinkedHashMap<>();
    for (Field field : fields) {
      ByteBuffer data =
          ByteBuffer.allocate(Math.toIntExact(size * field.bytes())).order(ByteOrder.nativeOrder());
      while (data.hasRemaining()) {
        switch (field.type()) {
          case UINT8 -> data.put((byte) random.nextInt(256));
          case INT32 -> data.putInt(random.nextInt(2));
          case FLOAT32 -> data.putFloat(random.nextFloat());
          case TEXT -> throw new IllegalStateException("text reaches no graph");
        }
      }
      List<Long> shape = new ArrayList<>(List.of((long) size));
      shape.addAll(field.shape());
      batch.put(field.name(), new Value(field.type(), shape, data.flip()));
    }
    return batch;
  }

  private void compare(String what, float[] here, float[] there) {
    if (here.length != there.length) {
      differences.add(what + ": " + there.length + " numbers in place of " + here.length);
      return;
    }
    for (int i = 0; i < here.length; i++) {
      boolean close = Math.abs(here[i] - there[i]) <= ROUNDING * Math.max(1, Math.abs(here[i]));
      if (!close && Float.compare(here[i], there[i]) != 0) { // no number is close to anything
        differences.add(what + ": " + there[i] + " in place of " + here[i] + " at " + i);
        return;
      }
    }
  }

  private static Map<String, float[]> run(
      OrtSession session, ExportedFunction function, Map<String, Value> batch) throws OrtException {
    Map<String, OnnxTensor> fed = new LinkedHashMap<>();
    try {
      for (ExportedFunction.Input input : function.inputs()) {
        fed.put(input.tensor(), tensor(batch.get(input.name())));
      }
      Map<String, float[]> results = new LinkedHashMap<>();
      try (OrtSession.Result result = session.run(fed)) {
        for (ExportedFunction.Output output : function.outputs()) {
          FloatBuffer data =
              ((OnnxTensor) result.get(output.tensor()).orElseThrow()).getFloatBuffer();
          float[] values = new float[data.remaining()];
          data.get(values);
          results.put(output.name(), values);
        }
      }
      return results;
    } finally {
      fed.values().forEach(OnnxTensor::close);
    }
  }

  private static Map<String, float[]> run(
      SavedModelBundle bundle, String name, Map<String, Value> batch) {
    Map<String, Tensor> fed = new LinkedHashMap<>();
    batch.forEach((field, value) -> fed.put(field, Tensors.of(value)));
    try (Result result = bundle.function(name).call(fed)) {
      Map<String, float[]> results = new LinkedHashMap<>();
      result.forEach(
          entry -> results.put(entry.getKey(), Tensors.floats(Tensors.value(entry.getValue()))));
      return results;
    } finally {
      fed.values().forEach(Tensor::close);
    }
  }

  private static OnnxTensor tensor(Value value) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = value.shape().stream().mapToLong(Long::longValue).toArray();
    ByteBuffer data = ByteBuffer.allocateDirect(value.data().remaining());
    data.order(ByteOrder.nativeOrder()).put(value.data()).flip();
    if (value.type() == FieldType.UINT8) {
      return OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.UINT8);
    }
    if (value.type() == FieldType.INT32) {
      IntBuffer numbers = data.asIntBuffer();
      return OnnxTensor.createTensor(environment, numbers, shape);
    }
    return OnnxTensor.createTensor(environment, data.asFloatBuffer(), shape);
  }
}
