package juxta.engine.catalogue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A plug-in that was loaded.
 *
 * @param name name of its module, or of its folder
 * @param version version of its module, else of its manifest, else {@code development}
 * @param location the jar, or the folder
 * @param sha256 SHA-256 in hexadecimal of each of its jars, by path relative to the plug-in folder
 * @param components ids by kind, such as {@code method} or {@code data set}
 */
public record Plugin(
    String name,
    String version,
    Path location,
    SortedMap<String, String> sha256,
    SortedMap<String, List<String>> components) {
  /**
   * Copies the maps.
   *
   * @param name see the record
   * @param version see the record
   * @param location see the record
   * @param sha256 see the record
   * @param components see the record
   */
  public Plugin {
    sha256 = Collections.unmodifiableSortedMap(new TreeMap<>(sha256));
    components = Collections.unmodifiableSortedMap(new TreeMap<>(components));
  }

  /**
   * Name and version, as lists show them.
   *
   * @return such as {@code juxta.plugin.patchmix 0.1.0}
   */
  public String label() {
    return name + " " + version;
  }
}
