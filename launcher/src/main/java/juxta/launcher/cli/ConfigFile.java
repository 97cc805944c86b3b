package juxta.launcher.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import juxta.api.UserException;
import juxta.engine.run.Folders;
import juxta.toolkit.io.RegularFile;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Settings in a YAML file. */
public final class ConfigFile {
  /** More than anybody types. */
  private static final int MOST_BYTES = 1 << 20;

  private ConfigFile() {}

  /**
   * Reads a file; nested maps become keys joined by a dot.
   *
   * @param file the file
   * @return values by key
   * @throws UserException if it cannot be read or holds something else, naming it
   */
  public static Map<String, String> read(Path file) {
    try {
      if (Files.exists(file)) {
        RegularFile.check(file); // a pipe would be waited for
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new UserException(
            "--config " + file + ": has over " + MOST_BYTES + " bytes; it holds no settings");
      }
      Object loaded = loaded(file, Files.readString(file));
      Map<String, String> values = new LinkedHashMap<>();
      if (loaded instanceof Map<?, ?> map) {
        flatten(file, "", map, values);
      } else if (loaded != null) {
        throw new UserException(file + ": expected lines of the form 'key: value'");
      }
      return values;
    } catch (CharacterCodingException e) {
      throw new UserException(file + ": is no UTF-8 text; save it as UTF-8", e);
    } catch (IOException e) {
      throw new UserException("cannot read --config " + file + " (" + Folders.reason(e) + ")", e);
    } catch (StackOverflowError e) {
      throw new UserException(
          file + ": is nested too deeply; expected lines of the form 'key: value'", e);
    } catch (YamlEngineException e) {
      throw new UserException(file + ": " + reason(e), e);
    }
  }

  private static Object loaded(Path file, String text) {
    try {
      return new Load(
              LoadSettings.builder().setLabel("config").setMaxAliasesForCollections(0).build())
          .loadFromString(text);
    } catch (YamlEngineException e) {
      throw e;
    } catch (RuntimeException e) { // such as of an escape without digits
      throw new UserException(
          file
              + ": is no sound YAML ("
              + e.getMessage()
              + "); write lines of the form 'key: value'",
          e);
    }
  }

  /** Where a parser stopped and why, without the excerpt that it quotes. */
  private static String reason(YamlEngineException e) {
    if (e instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
      Mark mark = marked.getProblemMark().get();
      return "line "
          + (mark.getLine() + 1)
          + ", column "
          + (mark.getColumn() + 1)
          + ": "
          + oneLine(marked.getProblem())
          + "; expected lines of the form 'key: value'";
    }
    return oneLine(e.getMessage()) + "; write values out, without & and *";
  }

  private static String oneLine(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining(" "));
  }

  private static void flatten(Path file, String prefix, Map<?, ?> map, Map<String, String> values) {
    map.forEach(
        (key, value) -> {
          if (!String.valueOf(key).matches("[A-Za-z0-9._-]{1,200}")) {
            throw new UserException(
                file + ": " + quoted(key) + " is no key; keys are words such as loss.temperature");
          }
          if (value instanceof Map<?, ?> nested) {
            flatten(file, prefix + key + ".", nested, values);
          } else if (value == null) {
            throw new UserException(
                file + ": '" + prefix + key + "' has no value; write one, or leave the line out");
          } else if (value instanceof Iterable<?>) {
            throw new UserException(
                file + ": '" + prefix + key + "' is a list; write one value, as text with commas");
          } else {
            values.put(prefix + key, String.valueOf(value));
          }
        });
  }

  private static String quoted(Object key) {
    String text = String.valueOf(key);
    return "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
  }
}
