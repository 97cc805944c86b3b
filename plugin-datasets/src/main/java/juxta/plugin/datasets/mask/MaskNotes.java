package juxta.plugin.datasets.mask;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import juxta.api.UserException;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.io.AtomicFile;

/**
 * What was found out about masks by decoding them, kept in the cache by the digest of their files,
 * for one meaning of numbers and colours. A file of notes that is damaged counts as none.
 */
final class MaskNotes {
  private final Path file;
  private final Map<String, Note> notes = new ConcurrentHashMap<>();
  private volatile boolean more;

  /**
   * What a mask holds; it is sound.
   *
   * @param used numbers that pixels have
   * @param noise what compression made of levels, empty for other files than JPEG
   */
  record Note(BitSet used, Optional<MaskNoise> noise) {}

  /**
   * Reads the notes, if there are any.
   *
   * @param cache folder for derived files
   * @param rule what numbers and colours mean
   */
  MaskNotes(Path cache, MaskRule rule) {
    Fingerprint key = new Fingerprint().add("version", "1").add("all", rule.all() + "");
    key.add("list", rule.list().map(MaskList::entries).toString());
    this.file = cache.resolve("read-masks").resolve(key.hex().substring(0, 32) + ".notes");
    read();
  }

  /** What is known of a mask. */
  Optional<Note> of(byte[] digest) {
    return Optional.ofNullable(notes.get(HexFormat.of().formatHex(digest)));
  }

  /** Adds what was found out. */
  Note add(byte[] digest, Note note) {
    notes.put(HexFormat.of().formatHex(digest), note);
    more = true;
    return note;
  }

  private void read() {
    try {
      if (!Files.exists(file)) {
        return;
      }
      List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
      int last = lines.size() - 1;
      if (last < 0 || !sum(lines.subList(0, last)).equals(lines.get(last))) {
        return;
      }
      for (String line : lines.subList(0, last)) {
        String[] words = line.split(" ");
        notes.put(
            words[0], new Note(BitSet.valueOf(HexFormat.of().parseHex(words[1])), noise(words)));
      }
    } catch (IOException e) {
      System.getLogger(MaskNotes.class.getName()).log(System.Logger.Level.DEBUG, e.toString());
    }
  }

  private static Optional<MaskNoise> noise(String[] words) {
    return words.length < 5
        ? Optional.empty()
        : Optional.of(
            new MaskNoise(
                Long.parseLong(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4])));
  }

  private static String sum(List<String> lines) {
    return new Fingerprint().add("notes", String.join("\n", lines)).hex();
  }

  /** Keeps the notes, if there are new ones; to be called when nothing speaks against the files. */
  void keep() {
    if (!more) {
      return;
    }
    List<String> lines =
        notes.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                e ->
                    e.getKey()
                        + " "
                        + HexFormat.of().formatHex(e.getValue().used().toByteArray())
                        + e.getValue()
                            .noise()
                            .map(n -> " " + n.pixels() + " " + n.between() + " " + n.white())
                            .orElse(""))
            .toList();
    try {
      String text = String.join("\n", lines) + "\n" + sum(lines) + "\n";
      AtomicFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
    } catch (UserException e) {
      // The data are open all the same; the next opening is only slower.
      System.getLogger(MaskNotes.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
    }
  }
}
