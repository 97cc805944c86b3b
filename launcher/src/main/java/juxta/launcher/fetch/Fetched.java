package juxta.launcher.fetch;

import java.nio.file.Path;
import java.util.List;

/**
 * The files of a plug-in, in a folder of their own.
 *
 * @param source where they came from
 * @param name what the plug-in may be called in the plug-in folder
 * @param files its jars
 * @param leftOut lines on what was not taken, and why
 * @param licences the licences that its pom names
 * @param checked how it was made sure that the files are the right ones; empty if nobody said what
 *     they should be
 */
public record Fetched(
    Source source,
    String name,
    List<File> files,
    List<String> leftOut,
    List<String> licences,
    String checked) {
  /**
   * A jar.
   *
   * @param file where it lies
   * @param from where it came from
   */
  public record File(Path file, String from) {}
}
