package juxta.testkit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.Model;
import juxta.api.TaskContext;
import juxta.api.Value;

/**
 * What a task works with where a test gives it no model. Parameters and logged values are kept;
 * what the test does not say, such as the output of a function, is an error when it is asked for.
 */
public class StandInTask implements TaskContext {
  private final Dataset data;
  private final Path artefacts;
  private final Map<String, Value> written = new LinkedHashMap<>();
  private final Map<String, Double> logged = new LinkedHashMap<>();

  /**
   * Without a folder.
   *
   * @param data what {@link #data()} gives
   */
  public StandInTask(Dataset data) {
    this(data, null);
  }

  /**
   * Without data.
   *
   * @param artefacts what {@link #artefacts()} gives
   */
  public StandInTask(Path artefacts) {
    this(null, artefacts);
  }

  /**
   * With both.
   *
   * @param data what {@link #data()} gives
   * @param artefacts what {@link #artefacts()} gives
   */
  public StandInTask(Dataset data, Path artefacts) {
    this.data = data;
    this.artefacts = artefacts;
  }

  /**
   * The parameters.
   *
   * @return what was written, by name; changes are seen by the task
   */
  public final Map<String, Value> written() {
    return written;
  }

  /**
   * The logged values.
   *
   * @return the last value of each name
   */
  public final Map<String, Double> logged() {
    return logged;
  }

  @Override
  public Dataset data() {
    return said(data, "data");
  }

  @Override
  public Path artefacts() {
    return said(artefacts, "folder");
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public Model model() {
    throw new AssertionError("the test says nothing of a model");
  }

  @Override
  public Matrix run(String function, String split, String output) {
    throw new AssertionError("the test does not say what " + function + " of " + split + " is");
  }

  @Override
  public Evaluation.Applied open(String function, List<Field> inputs) {
    throw new AssertionError("the test does not say what " + function + " does");
  }

  @Override
  public Value read(String parameter) {
    return written.get(parameter);
  }

  @Override
  public void write(Map<String, Value> parameters) {
    written.putAll(parameters);
  }

  @Override
  public void progress(long done, long total, String unit) {
    Promise.require(done <= total, "progress of " + done + " " + unit + " out of " + total);
  }

  @Override
  public void log(String name, double value) {
    logged.put(name, value);
  }

  private static <T> T said(T given, String what) {
    if (given == null) {
      throw new AssertionError("the test gives the task no " + what);
    }
    return given;
  }
}
