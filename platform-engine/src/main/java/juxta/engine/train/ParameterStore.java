package juxta.engine.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Layout;
import juxta.api.Value;

/** Parameters between graphs: values by full name, in the graph's layout. */
public final class ParameterStore {
  /** Prefix of the names of what optimisers remember. */
  static final String OPTIMIZER = "optimizer.";

  /**
   * A value with its layout on disk.
   *
   * @param value the value in the graph's layout
   * @param layout how it is laid out on disk
   */
  public record Entry(Value value, Layout layout) {}

  private final Map<String, Entry> entries;

  /** An empty store. */
  public ParameterStore() {
    this(Map.of());
  }

  /**
   * A store with a copy of some entries.
   *
   * @param entries values by full name
   */
  public ParameterStore(Map<String, Entry> entries) {
    this.entries = new LinkedHashMap<>(entries);
  }

  /**
   * All entries.
   *
   * @return a copy, in the order in which they came
   */
  public Map<String, Entry> entries() {
    return new LinkedHashMap<>(entries);
  }

  /**
   * Whether a parameter has a value.
   *
   * @param name full name
   * @return true if there is one
   */
  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /**
   * A parameter's value.
   *
   * @param name full name
   * @return the value in the graph's layout
   */
  public Value value(String name) {
    return entry(name).value();
  }

  /**
   * A parameter's value and layout.
   *
   * @param name full name
   * @return its entry
   * @throws IllegalArgumentException if it has no value
   */
  public Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("no parameter '" + name + "' has been made yet");
    }
    return entry;
  }

  /**
   * Gives a parameter a value.
   *
   * @param name full name
   * @param entry value and layout
   */
  public void put(String name, Entry entry) {
    entries.put(name, entry);
  }

  /**
   * Removes a parameter.
   *
   * @param name full name
   */
  public void remove(String name) {
    entries.remove(name);
  }

  /** Forgets what optimisers remember. */
  public void forgetOptimizer() {
    entries.keySet().removeIf(name -> name.startsWith(OPTIMIZER));
  }

  /**
   * The names of all parameters.
   *
   * @return the names
   */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }
}
