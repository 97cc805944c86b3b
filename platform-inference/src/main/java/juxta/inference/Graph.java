package juxta.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.inference.Description.Function;
import juxta.inference.Description.Input;
import juxta.inference.Description.Output;

/** A function of the model, ready to run; safe to use from several threads. */
final class Graph implements AutoCloseable {
  private final String name;
  private final Function function;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  Graph(String name, Function function, Options options) {
    this.name = name;
    this.function = function;
    try (OrtSession.SessionOptions how = new OrtSession.SessionOptions()) {
      if (options.threads() > 0) {
        how.setIntraOpNumThreads(options.threads());
      }
      // threads that wait give their core to others: programs do other things beside
      how.addConfigEntry("session.intra_op.allow_spinning", "0");
      session = environment.createSession(function.file().toString(), how);
    } catch (OrtException e) {
      throw new InferenceException(
          function.file()
              + ": cannot be opened as ONNX ("
              + InferenceException.reason(e)
              + "); export again",
          e);
    }
  }

  Function function() {
    return function;
  }

  /** Runs it; checks names, types and shapes before. */
  Map<String, Tensor> run(Map<String, Tensor> inputs) {
    check(inputs);
    Map<String, OnnxTensor> fed = new LinkedHashMap<>();
    try {
      for (Input input : function.inputs()) {
        fed.put(input.tensor(), tensor(inputs.get(input.name())));
      }
      try (OrtSession.Result result = session.run(fed)) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (Output output : function.outputs()) {
          OnnxTensor found = (OnnxTensor) result.get(output.tensor()).orElseThrow();
          outputs.put(output.name(), floats(found));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new InferenceException(
          function.file() + ": failed to run (" + InferenceException.reason(e) + ")", e);
    } finally {
      fed.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(Tensor of) throws OrtException {
    long[] shape = of.shape().stream().mapToLong(length -> length).toArray();
    OnnxJavaType type =
        switch (of.type()) {
          case UINT8 -> OnnxJavaType.UINT8;
          case INT32 -> OnnxJavaType.INT32;
          case FLOAT32 -> OnnxJavaType.FLOAT;
        };
    return OnnxTensor.createTensor(environment, of.direct(), shape, type);
  }

  private static Tensor floats(OnnxTensor found) {
    FloatBuffer values = found.getFloatBuffer();
    float[] all = new float[values.remaining()];
    values.get(all);
    return Tensor.of(all, found.getInfo().getShape());
  }

  private void check(Map<String, Tensor> inputs) {
    List<String> names = function.inputs().stream().map(Input::name).toList();
    if (!inputs.keySet().equals(java.util.Set.copyOf(names))) {
      throw new InferenceException(
          "function '" + name + "' takes " + names + ", not " + inputs.keySet());
    }
    long records = -1;
    for (Input input : function.inputs()) {
      Tensor given = inputs.get(input.name());
      boolean fits =
          given.type() == input.type() && given.shape().size() == input.shape().size() + 1;
      for (int i = 0; fits && i < input.shape().size(); i++) {
        long length = input.shape().get(i);
        fits = length < 0 || length == given.shape().get(i + 1);
      }
      if (!fits || given.shape().get(0) < 1) {
        throw new InferenceException(
            "function '%s' takes %s as %s [N, %s] of one or more records, not %s"
                .formatted(
                    name,
                    input.name(),
                    input.type(),
                    String.join(", ", input.shape().stream().map(Graph::length).toList()),
                    given));
      }
      if (records >= 0 && records != given.shape().get(0)) {
        throw new InferenceException(
            "function '%s' is given %d records of %s and %d of another input"
                .formatted(name, given.shape().get(0), input.name(), records));
      }
      records = given.shape().get(0);
    }
  }

  private static String length(long axis) {
    return axis < 0 ? "any" : Long.toString(axis);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e); // it is closed once
    }
  }
}
