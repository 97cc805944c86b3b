package juxta.launcher.author;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The files that new projects are made of: those of the folder {@code examples}, and the wrapper.
 */
final class Template {
  private static final String FOLDER = "/juxta/launcher/new-plugin/";

  private Template() {}

  /** A file, as it lies in the repository. */
  static String read(String file) {
    try (InputStream in = Template.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("this build of Juxta lacks " + FOLDER + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
