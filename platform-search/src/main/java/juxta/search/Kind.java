package juxta.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import juxta.api.UserException;

/** The kinds of index that a folder can hold. */
enum Kind {
  EXACT(ExactFolder.INDEX),
  HNSW("segments_");

  private final String mark; // what the name of the file begins with that makes the index valid

  Kind(String mark) {
    this.mark = mark;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of the index in a folder; empty if there is none. */
  static Optional<Kind> of(Path folder) {
    if (Files.notExists(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .flatMap(name -> Arrays.stream(values()).filter(kind -> name.startsWith(kind.mark)))
          .findFirst();
    } catch (IOException e) {
      throw new UserException(
          "cannot read " + folder + " (" + e + "); name a folder that an index is or will be in",
          e);
    }
  }

  /** Refuses a folder with an index of another kind, and a length that no vector has. */
  void check(Path folder, int dimensions) {
    if (dimensions < 1) {
      throw new UserException(
          "an index of vectors with " + dimensions + " features is not possible; name 1 or more");
    }
    Optional<Kind> found = of(folder);
    if (found.isPresent() && found.get() != this) {
      throw new UserException(
          folder
              + ": holds an index of kind '"
              + found.get().word()
              + "', not '"
              + word()
              + "'; open it as what it is, or name another folder");
    }
  }

  /** Refuses an index of vectors of another length. */
  static void checkDimensions(Object where, int found, int wanted) {
    if (found != wanted) {
      throw new UserException(
          where
              + ": holds vectors with "
              + found
              + " features, not "
              + wanted
              + "; use the model that the index was made with, or make a new index");
    }
  }
}
