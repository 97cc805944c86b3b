package juxta.launcher.plugins;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import juxta.api.UserException;
import juxta.toolkit.io.AtomicFile;

/**
 * The SHA-256 of each jar that is trusted, as kept in {@code plugins.lock} beside the plug-in
 * folder. Each line is what {@code sha256sum} prints: the hash, two spaces, and the path relative
 * to the plug-in folder; lines are sorted by path.
 *
 * @param hashes hash in hexadecimal by path
 */
record PluginLock(SortedMap<String, String> hashes) {
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](\\S.*)");

  PluginLock {
    hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
  }

  /** Reads the file; one that does not exist trusts nothing yet. */
  static PluginLock read(Path file) {
    SortedMap<String, String> hashes = new TreeMap<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        hashes.put(matcher.group(2), matcher.group(1));
      } else if (!line.isBlank()) {
        throw new UserException(
            file
                + ", line "
                + number
                + ": is not '<sha256>  <jar>'; restore the file, or delete it to trust the jars"
                + " that are there now");
      }
    }
    return new PluginLock(hashes);
  }

  /** Whether the jar is not the one that was trusted. A jar never seen has not changed. */
  boolean changed(Jar jar) {
    return !hashes.getOrDefault(jar.path(), jar.sha256()).equals(jar.sha256());
  }

  /** Whether all of the jars are trusted as they are. */
  boolean knows(List<Jar> jars) {
    return jars.stream().allMatch(jar -> jar.sha256().equals(hashes.get(jar.path())));
  }

  /** This lock with the jars added, or replaced. */
  PluginLock with(List<Jar> jars) {
    SortedMap<String, String> all = new TreeMap<>(hashes);
    jars.forEach(jar -> all.put(jar.path(), jar.sha256()));
    return new PluginLock(all);
  }

  /** Replaces the file by one atomic rename. */
  void write(Path file) throws IOException {
    ByteBuffer text = StandardCharsets.UTF_8.encode(text());
    AtomicFile.replace(file, channel -> AtomicFile.writeAll(channel, text));
  }

  private String text() {
    return hashes.entrySet().stream()
        .map((Map.Entry<String, String> line) -> line.getValue() + "  " + line.getKey() + "\n")
        .collect(Collectors.joining());
  }

  private static List<String> lines(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UserException(
          file + ": is no ordinary file, where Juxta notes which jars are trusted; remove it");
    }
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UserException(
          file + ": cannot be read (" + Failures.name(e) + "); check the file", e);
    }
  }
}
