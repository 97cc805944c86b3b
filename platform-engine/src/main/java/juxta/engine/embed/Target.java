package juxta.engine.embed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import juxta.api.UserException;

/**
 * Where rows go.
 *
 * @param file the file that a user named, for all rows
 * @param shard the part of the rows; a part has a file of its own beside that file
 */
public record Target(Path file, Shard shard) {
  /** The form, by the ending. */
  Form form() {
    return Form.of(file);
  }

  private String name() {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - form().endingLength());
  }

  private String ending() {
    return file.getFileName().toString().substring(name().length());
  }

  private Path beside(String ending) {
    String part = shard.equals(Shard.WHOLE) ? "" : "." + shard.index() + "-of-" + shard.count();
    return file.resolveSibling(name() + part + ending);
  }

  /**
   * The file with the numbers.
   *
   * @return {@link #file}, or that of the part, as {@code emb.0-of-4.npy}
   */
  public Path main() {
    return beside(ending());
  }

  /** The file with names and labels, where the form has one. */
  Path table() {
    return beside(".csv");
  }

  /** What a part is of, for the one who joins them. */
  Path note() {
    return beside(".json");
  }

  /** Where it is in the making. */
  Path draft() {
    return main().resolveSibling(main().getFileName() + ".draft");
  }

  /**
   * All files.
   *
   * @return those that a finished target has
   */
  public List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(main()));
    if (form().hasTable()) {
      files.add(table());
    }
    if (!shard.isWhole()) {
      files.add(note());
    }
    return files;
  }

  /** Refuses to write over what is there. */
  void refuseExisting() {
    for (Path one : files()) {
      if (Files.exists(one)) {
        throw new UserException(
            Files.isDirectory(one)
                ? one + " is a folder; choose another --out"
                : one + " is already there; pass --force to overwrite it, or another --out");
      }
    }
  }
}
