package juxta.launcher.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import juxta.api.UserException;
import juxta.toolkit.io.Digest;

/**
 * Brings plug-ins into a folder.
 *
 * @param cache where downloads lie while they come
 * @param repositories the user's Maven repositories
 * @param limit bytes that a download, and what it unpacks to, may have
 * @param progress told what is coming and its share
 */
public record Fetcher(
    Path cache, MavenRepositories repositories, long limit, BiConsumer<String, Double> progress) {
  private static final Pattern SUM = Pattern.compile("\\b[0-9a-fA-F]{64}\\b");
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

  /**
   * Which file is wanted.
   *
   * @param source where it is
   * @param newest of Maven coordinates: whether the newest release from that version on is meant
   * @param sha256 what its SHA-256 must be, if that is known
   */
  public record Wanted(Source source, boolean newest, Optional<String> sha256) {
    /**
     * Checks the digits.
     *
     * @param source see the record
     * @param newest see the record
     * @param sha256 see the record
     */
    public Wanted {
      sha256.ifPresent(Wanted::requireSum);
      sha256 = sha256.map(digits -> digits.toLowerCase(Locale.ROOT));
    }

    private static void requireSum(String digits) {
      if (!SUM.matcher(digits).matches()) {
        throw new UserException("--sha256 takes 64 hexadecimal digits, not '" + digits + "'");
      }
    }
  }

  /**
   * Brings the files.
   *
   * @param wanted what is wanted
   * @param folder an empty folder that they go to
   * @return what has come
   * @throws UserException if that fails
   */
  public Fetched fetch(Wanted wanted, Path folder) {
    try {
      return switch (wanted.source().kind()) {
        case file -> local(wanted, folder);
        case url -> web(wanted, folder);
        case maven -> maven(wanted, folder);
      };
    } catch (IOException e) {
      throw new UserException(
          wanted.source() + ": cannot be fetched (" + reason(e) + "); check the file and the disk",
          e);
    }
  }

  private Fetched local(Wanted wanted, Path folder) throws IOException {
    Path file = Path.of(wanted.source().location());
    if (!Files.isRegularFile(file)) {
      throw new UserException(file + ": is no longer there; install it from elsewhere");
    }
    if (Files.size(file) > limit) {
      throw new UserException(
          file + ": is longer than " + (limit >> 20) + " MB; give --max-mb if that is meant");
    }
    Path beside = file.resolveSibling(file.getFileName() + ".sha256");
    Optional<String> note =
        Files.isRegularFile(beside) ? Optional.of(Files.readString(beside)) : Optional.empty();
    Path copy = Files.copy(file, folder.resolve("fetched"));
    String checked = verify(wanted, copy, note);
    return opened(wanted.source(), copy, checked, folder);
  }

  private Fetched web(Wanted wanted, Path folder) throws IOException {
    URI address = URI.create(wanted.source().location());
    Path part = Download.part(cache, address);
    Download download = new Download(limit, progress);
    boolean mayHaveNote = wanted.sha256().isEmpty() && address.getRawQuery() == null;
    download.fetch(address, part);
    Optional<String> note =
        mayHaveNote ? download.note(URI.create(address + ".sha256")) : Optional.empty();
    try {
      String checked = verify(wanted, part, note);
      Path copy = Files.copy(part, folder.resolve("fetched"));
      boolean open = "http".equals(address.getScheme()) && checked.isEmpty();
      return opened(
          wanted.source(),
          copy,
          open ? "no, and it came over http, where anybody on the way may change it" : checked,
          folder);
    } finally {
      Download.forget(part);
    }
  }

  /** Compares the checksum; says with what. */
  private static String verify(Wanted wanted, Path file, Optional<String> note) throws IOException {
    String last = wanted.source().lastPart();
    Optional<String> expected = wanted.sha256().or(() -> note.flatMap(text -> sum(text, last)));
    if (expected.isEmpty()) {
      return "";
    }
    String found = Digest.sha256().add(file).hex();
    String by = wanted.sha256().isPresent() ? "--sha256" : last + ".sha256 beside it";
    if (!found.equals(expected.get())) {
      throw new UserException(
          wanted.source()
              + ": has the SHA-256 "
              + found
              + " where "
              + by
              + " says "
              + expected.get()
              + "; it was thrown away");
    }
    return by;
  }

  /** The line of the file, or the only sum there is. */
  private static Optional<String> sum(String text, String name) {
    List<String> sums = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher sum = SUM.matcher(line);
      if (sum.find()) {
        String digits = sum.group().toLowerCase(Locale.ROOT);
        if (line.strip().matches(".*[\\s*/(]\\Q" + name + "\\E\\)?.*")) {
          return Optional.of(digits);
        }
        sums.add(digits);
      }
    }
    return sums.size() == 1 ? Optional.of(sums.get(0)) : Optional.empty();
  }

  /** A jar as it is, or the jars of a zip. */
  private Fetched opened(Source source, Path file, String checked, Path folder) throws IOException {
    String last = source.lastPart();
    if (!Archive.is(source.toString(), file)) {
      Path jar = Files.move(file, folder.resolve(name(source, last) + ".jar"));
      return new Fetched(
          source,
          name(source, last),
          List.of(new Fetched.File(jar, source.location())),
          List.of(),
          List.of(),
          checked);
    }
    Path inside = Files.createDirectory(folder.resolve("jars"));
    Archive.Unpacked unpacked = new Archive(source.toString(), file).unpack(inside, limit);
    Files.delete(file);
    return new Fetched(
        source,
        name(source, unpacked.folder().orElse(last)),
        unpacked.jars().stream().map(jar -> new Fetched.File(jar, source.location())).toList(),
        unpacked.skipped().stream().map(entry -> entry + ": is no jar").toList(),
        List.of(),
        checked);
  }

  private Fetched maven(Wanted wanted, Path folder) throws IOException {
    String coordinates = wanted.source().location();
    MavenRepositories.Resolved resolved =
        repositories.resolve(coordinates, wanted.newest(), progress);
    List<Fetched.File> files = new ArrayList<>();
    for (Map<String, String> artifact : resolved.artifacts()) {
      Path file = Path.of(artifact.get("file"));
      if (file.toString().endsWith(".jar")) {
        Path copy = Files.copy(file, folder.resolve(file.getFileName()));
        files.add(
            new Fetched.File(copy, artifact.get("coordinates") + ", " + artifact.get("from")));
      }
    }
    if (files.isEmpty()) {
      throw new UserException(coordinates + ": is no jar; name the artifact of a plug-in");
    }
    Source source = wanted.source().at(resolved.version());
    verify(new Wanted(source, false, wanted.sha256()), files.get(0).file(), Optional.empty());
    return new Fetched(
        source,
        name(source, source.lastPart()),
        files,
        resolved.excluded().stream().map(one -> one + ": Juxta brings it").toList(),
        resolved.licences(),
        "the repositories' checksums");
  }

  /** A file's name without its ending and version. */
  private static String name(Source source, String last) {
    String name = last.replaceFirst("(?i)\\.(jar|zip)$", "").replaceFirst("-[0-9].*", "");
    if (!name.matches(NAME)) {
      throw new UserException(
          source
              + ": '"
              + name
              + "' cannot be the name of a plug-in; rename the file: letters, digits, '.', '_' and"
              + " '-'");
    }
    return name;
  }

  private static String reason(IOException e) {
    boolean named = e instanceof FileSystemException;
    String why = named ? ((FileSystemException) e).getReason() : e.getMessage();
    return e.getClass().getSimpleName() + (why == null ? "" : ": " + why);
  }
}
