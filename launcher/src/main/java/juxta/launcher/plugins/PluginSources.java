package juxta.launcher.plugins;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import juxta.api.UserException;
import juxta.launcher.fetch.Source;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.io.Json;

/**
 * Where plug-ins were installed from, as kept in {@code plugins.json} beside {@code plugins.lock}:
 * what {@code juxta plugins update} asks. Plug-ins that somebody copied there are not in it.
 *
 * @param format 1
 * @param sources source by the plug-in's path in the plug-in folder
 */
record PluginSources(int format, SortedMap<String, Source> sources) {
  private static final int FORMAT = 1;

  PluginSources {
    sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
  }

  static Path beside(Path lockFile) {
    return lockFile.toAbsolutePath().resolveSibling("plugins.json");
  }

  /** Reads the file; one that does not exist knows nothing. */
  static PluginSources read(Path file) {
    if (!Files.exists(file)) {
      return new PluginSources(FORMAT, new TreeMap<>());
    }
    try {
      PluginSources read = Json.read(file, PluginSources.class);
      if (read.format() == FORMAT) {
        return read;
      }
      throw new UserException(
          file + ": was written by a newer Juxta; use that, or delete the file and install again");
    } catch (IOException e) {
      throw new UserException(
          file
              + ": cannot be read ("
              + e.getClass().getSimpleName()
              + "); restore it, or delete it: plug-ins stay, but have to be installed anew before"
              + " they can be updated",
          e);
    }
  }

  Optional<Source> of(String path) {
    return Optional.ofNullable(sources.get(path));
  }

  PluginSources with(Map<String, Source> more, Iterable<String> without) {
    TreeMap<String, Source> all = new TreeMap<>(sources);
    without.forEach(all::remove);
    all.putAll(more);
    return new PluginSources(FORMAT, all);
  }

  void write(Path file) throws IOException {
    ByteBuffer text = StandardCharsets.UTF_8.encode(Json.pretty(this) + "\n");
    AtomicFile.replace(file, channel -> AtomicFile.writeAll(channel, text));
  }
}
