package juxta.launcher.plugins;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import juxta.launcher.fetch.Source;

/**
 * What there is to say about one jar or folder of the plug-in folder, for programs.
 *
 * @param name name of its module, or of its folder; of what cannot be read that of the file
 * @param path relative to the plug-in folder
 * @param state whether it is used
 * @param problems what is wrong with it, or with a part of it, a line each
 * @param modules those that provide services, as {@code name} or {@code name@version}
 * @param version its version
 * @param services ids by kind; of what was not loaded those that its class files tell
 * @param builtFor the version of the api that it was compiled against
 * @param api the range of versions of the api that it declares
 * @param sha256 SHA-256 of its jars by path relative to the plug-in folder
 * @param source where it was installed from, absent if it was copied there
 * @param isShipped whether it came with Juxta
 */
public record PluginState(
    String name,
    String path,
    State state,
    List<String> problems,
    List<String> modules,
    Optional<String> version,
    SortedMap<String, List<String>> services,
    @JsonProperty("built-for") Optional<String> builtFor,
    Optional<String> api,
    SortedMap<String, String> sha256,
    Optional<Source> source,
    @JsonProperty("shipped") boolean isShipped) {
  /** Whether a plug-in is used. */
  public enum State {
    /** At least one of its components can be used. */
    @JsonProperty("loaded")
    LOADED,
    /** It cannot be used; the problems say why. */
    @JsonProperty("refused")
    REFUSED,
    /** It changed since it was trusted, and {@code juxta plugins trust} was not run. */
    @JsonProperty("waiting for trust")
    WAITING
  }
}
