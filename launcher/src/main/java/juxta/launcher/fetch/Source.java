package juxta.launcher.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import juxta.api.UserException;

/**
 * Where a plug-in comes from.
 *
 * @param kind what {@code location} is
 * @param location an absolute path, an http or https address, or group:artifact:version
 */
public record Source(Kind kind, String location) {
  private static final String PART = "[A-Za-z0-9_.-]+";

  /** What a location is. */
  public enum Kind {
    /** A jar or zip on this machine. */
    file,
    /** A jar or zip on a server. */
    url,
    /** An artifact in Maven repositories. */
    maven
  }

  /**
   * What a user means.
   *
   * @param word the path, address or coordinates
   * @return the source; nothing is looked at but whether a file is there
   * @throws UserException if it is none of these
   */
  public static Source of(String word) {
    String scheme = word.replaceFirst("(?s)://.*", "").toLowerCase(Locale.ROOT);
    if (word.contains("://")) {
      if (!List.of("http", "https").contains(scheme)) {
        throw new UserException(
            "'" + word + "' is no http or https address; name a file by its path");
      }
      return new Source(Kind.url, address(word).toString());
    }
    boolean named = word.toLowerCase(Locale.ROOT).matches("(?s).*\\.(jar|zip)");
    if (!named && word.matches(PART + ":" + PART + ":" + PART) && !Files.exists(Path.of(word))) {
      return new Source(Kind.maven, word);
    }
    if (!named && word.matches(PART + ":" + PART)) {
      throw new UserException("'" + word + "' has no version; write " + word + ":VERSION");
    }
    Path file = Path.of(word);
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          word
              + (Files.isDirectory(file)
                  ? ": is a folder; make a zip of it, or copy it into the plug-in folder"
                  : ": is no file; name a jar, a zip, an http(s) address or"
                      + " group:artifact:version"));
    }
    return new Source(Kind.file, file.toAbsolutePath().normalize().toString());
  }

  /**
   * Its group and artifact with another version.
   *
   * @param version the version
   * @return a source of the same kind
   */
  public Source at(String version) {
    return new Source(kind, location.substring(0, location.lastIndexOf(':') + 1) + version);
  }

  /**
   * The last part of its location, for a name.
   *
   * @return a file's name, or the artifact's
   */
  public String lastPart() {
    return switch (kind) {
      case file -> Path.of(location).getFileName().toString();
      case url -> {
        String path = String.valueOf(URI.create(location).getPath());
        yield path.substring(path.lastIndexOf('/') + 1);
      }
      case maven -> location.split(":")[1];
    };
  }

  private static URI address(String word) {
    try {
      URI address = new URI(word);
      if (address.getHost() == null) {
        throw new UserException("'" + word + "' names no server; correct the address");
      }
      if (address.getRawUserInfo() != null) {
        throw new UserException(
            "the address of "
                + address.getHost()
                + " has a user's name or password in it, which would be recorded; download the"
                + " file and install that");
      }
      return address;
    } catch (URISyntaxException e) {
      throw new UserException(
          "'" + word + "' is no address (" + e.getReason() + "); correct it", e);
    }
  }

  @Override
  public String toString() {
    return location;
  }
}
