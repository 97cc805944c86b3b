package juxta.launcher.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a component says about itself: what {@code juxta describe} prints.
 *
 * @param service the word for its service, such as {@code methods}
 * @param id its id
 * @param summary one line
 * @param plugin name of its plug-in
 * @param version the plug-in's version
 * @param location where the plug-in lies
 * @param paper the publication
 * @param kinds kinds of data that it takes, or of a data set that it holds
 * @param functions of a method those of its models, of an evaluator those that it needs
 * @param fields fields of the data that an evaluator needs
 * @param splits splits of the data that an evaluator needs
 * @param presets of a method what each preset sets
 * @param settings its settings
 * @param example a command line with it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Description(
    String service,
    String id,
    String summary,
    String plugin,
    String version,
    String location,
    Optional<Paper> paper,
    Set<String> kinds,
    Set<String> functions,
    Set<String> fields,
    Set<String> splits,
    Optional<Presets> presets,
    List<Value> settings,
    List<String> example) {

  /** A publication. */
  record Paper(String authors, String title, int year, String url) {}

  /**
   * What presets set.
   *
   * @param data the data for which they set that, empty where they could not be asked
   * @param values by preset, the paper's first, and by key
   */
  record Presets(String data, Map<String, Map<String, String>> values) {}

  /**
   * A setting.
   *
   * @param key as users write it, such as {@code encoder.width}
   * @param type as users read it
   * @param range empty where all values are allowed
   * @param otherwise its default
   * @param description what it does
   * @param source where the default comes from
   */
  record Value(
      String key,
      String type,
      String range,
      @com.fasterxml.jackson.annotation.JsonProperty("default") String otherwise,
      String description,
      String source) {}
}
