package juxta.launcher.plugins;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import juxta.launcher.fetch.Source;

/**
 * A plug-in that has been fetched, as it is shown before it is trusted: none of its code has run.
 *
 * @param name what it will be called in the plug-in folder
 * @param path its jar or folder there
 * @param modules the modules that provide services, as {@code name} or {@code name version}
 * @param version its version
 * @param services ids by kind, such as {@code method}; an id that only its code knows is the class
 * @param builtFor the version of the api that it was compiled against
 * @param api the range of versions of the api that it declares
 * @param files its jars
 * @param leftOut lines on what was not taken, and why
 * @param licence what its pom or its jar says, empty if nothing
 * @param source where it comes from
 * @param checked how it was made sure that the files are the right ones, empty if it was not
 */
public record Bundle(
    String name,
    String path,
    List<String> modules,
    String version,
    SortedMap<String, List<String>> services,
    Optional<String> builtFor,
    Optional<String> api,
    List<File> files,
    List<String> leftOut,
    String licence,
    Source source,
    String checked) {
  /**
   * One of its jars.
   *
   * @param path where it will lie in the plug-in folder
   * @param bytes its length
   * @param sha256 its SHA-256 in hexadecimal
   * @param from where it came from
   */
  public record File(String path, long bytes, String sha256, String from) {}
}
