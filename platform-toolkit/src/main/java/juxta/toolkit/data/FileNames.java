package juxta.toolkit.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;

/** The encoding in which Java names files: on Linux that of the locale it was started with. */
public final class FileNames {
  private FileNames() {}

  /**
   * Name of the encoding.
   *
   * @return such as {@code UTF-8}, or {@code ANSI_X3.4-1968} for ASCII
   */
  public static String encoding() {
    return System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
  }

  /**
   * What a user can do about a name that is not of the encoding.
   *
   * @return half a sentence
   */
  static String remedy() {
    return isUnicode()
        ? "rename it, in letters of UTF-8"
        : "start Juxta by its script bin/juxta, or with LC_ALL=C.UTF-8 in the environment";
  }

  /**
   * What is wrong with a text that cannot be the name of a file.
   *
   * @param thrown what was thrown for it
   * @return one line that quotes the text and says what to do
   */
  public static String explain(InvalidPathException thrown) {
    boolean letters = thrown.getReason().startsWith("Malformed input"); // from the encoder
    String quoted = "'" + thrown.getInput() + "' ";
    if (letters && !isUnicode()) {
      return quoted
          + "has letters that the encoding of file names, "
          + encoding()
          + ", lacks; "
          + remedy();
    }
    return quoted
        + "can be no name of a file ("
        + (letters ? "it has halves of characters" : thrown.getReason())
        + "); correct it where it is written";
  }

  private static boolean isUnicode() {
    return encoding().equalsIgnoreCase(StandardCharsets.UTF_8.name());
  }
}
