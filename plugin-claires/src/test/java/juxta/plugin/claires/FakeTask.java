package juxta.plugin.claires;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.Model;
import juxta.api.TaskContext;
import juxta.api.Value;

/** A task's surroundings without a model: data, a folder, and parameters in a map. */
record FakeTask(Dataset data, Path artefacts, Map<String, Value> parameters)
    implements TaskContext {
  @Override
  public Model model() {
    throw new UnsupportedOperationException();
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public Matrix run(String function, String split, String output) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Evaluation.Applied open(String function, List<Field> inputs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Value read(String parameter) {
    return parameters.get(parameter);
  }

  @Override
  public void write(Map<String, Value> values) {
    parameters.putAll(values);
  }

  @Override
  public void progress(long done, long total, String unit) {}

  @Override
  public void log(String name, double value) {}
}
