package juxta.plugin.datasets.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.BiConsumer;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.io.Digest;

/**
 * Fetches files over HTTP into a folder. A transfer that was cut goes on where it stopped; a file
 * appears under its name only when it is whole and its checksum is right.
 *
 * @param base address of the folder that holds the files
 * @param advice what the user can do where it fails
 */
public record Download(URI base, String advice) {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int NOTHING_LEFT = 416; // the range begins where the file ends

  /**
   * A file to fetch.
   *
   * @param name its name on the server and on disk
   * @param bytes its length, {@link #UNKNOWN} if it was not published
   * @param algorithm how its checksum is made, such as SHA-256
   * @param checksum hexadecimal digits
   */
  public record Wanted(String name, long bytes, String algorithm, String checksum) {
    public static final long UNKNOWN = -1;

    public Wanted(String name, long bytes, String sha256) {
      this(name, bytes, "SHA-256", sha256);
    }

    boolean sized() {
      return bytes != UNKNOWN;
    }
  }

  /**
   * Fetches one file unless it is there already.
   *
   * @param wanted which one
   * @param folder where it goes; made if absent
   * @param progress told how much is there
   * @return the file
   */
  public Path fetch(Wanted wanted, Path folder, BiConsumer<String, Double> progress) {
    Path file = folder.resolve(wanted.name());
    if (Files.exists(file)) {
      return file;
    }
    Path part = folder.resolve(wanted.name() + ".part");
    URI address = address(wanted.name());
    try {
      Files.createDirectories(folder);
      transfer(address, part, wanted, progress);
      verify(address, part, wanted);
      publish(part, file);
      return file;
    } catch (IOException e) {
      throw new UserException(
          "%s: cannot be downloaded (%s); %s".formatted(address, DataFolder.reason(e), advice), e);
    }
  }

  /**
   * The address that a user gave as the setting {@code url}.
   *
   * @throws UserException if it is none
   */
  public static URI web(String text) {
    try {
      URI address = URI.create(text);
      if (List.of("http", "https").contains(String.valueOf(address.getScheme()))) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw noAddress(text);
    }
    throw noAddress(text);
  }

  private static UserException noAddress(String text) {
    return new UserException(
        "url: '" + text + "' is no http or https address; give one that ends in the folder");
  }

  private URI address(String name) {
    String folder = base.toString();
    return URI.create(folder.endsWith("/") ? folder + name : folder + "/" + name);
  }

  private void transfer(URI address, Path part, Wanted wanted, BiConsumer<String, Double> progress)
      throws IOException {
    long there = Files.exists(part) ? Files.size(part) : 0;
    if (wanted.sized() && there == wanted.bytes()) {
      return;
    }
    if (wanted.sized() && there > wanted.bytes()) {
      Files.delete(part);
      there = 0;
    }
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    // Also ends a transfer that stalls, which java.net.http cannot notice.
    connection.setReadTimeout(PATIENCE_MILLIS);
    if (there > 0) {
      connection.setRequestProperty("Range", "bytes=" + there + "-");
    }
    try {
      int status = connection.getResponseCode();
      if (there > 0 && !wanted.sized() && status == NOTHING_LEFT) {
        return;
      }
      boolean goesOn = there > 0 && status == HttpURLConnection.HTTP_PARTIAL;
      if (status != HttpURLConnection.HTTP_OK && !goesOn) {
        throw new IOException("the server answers with status " + status);
      }
      // A server that knows no ranges sends the file from its beginning.
      long start = goesOn ? there : 0;
      long announced = connection.getContentLengthLong();
      long total = wanted.sized() || announced < 0 ? wanted.bytes() : start + announced;
      StandardOpenOption how =
          goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
      try (InputStream body = connection.getInputStream();
          OutputStream out =
              Files.newOutputStream(
                  part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
        new Metered(body, start, wanted.name(), total, progress).transferTo(out);
      }
      whole(part, total);
    } finally {
      connection.disconnect();
    }
  }

  private static void whole(Path part, long total) throws IOException {
    long bytes = Files.size(part);
    if (bytes < total) {
      throw new IOException(
          "the connection ended after %d of %d bytes; run again to go on from there"
              .formatted(bytes, total));
    }
  }

  private void verify(URI address, Path part, Wanted wanted) throws IOException {
    String found = Digest.of(wanted.algorithm()).add(part).hex();
    if (!found.equals(wanted.checksum())) {
      Files.delete(part);
      throw new UserException(
          "%s: has the %s %s instead of %s and was thrown away; %s"
              .formatted(address, wanted.algorithm(), found, wanted.checksum(), advice));
    }
  }

  private static void publish(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file);
    }
  }

  /** Tells how much has come, and refuses more than was announced. */
  private static final class Metered extends FilterInputStream {
    private final String name;
    private final long total; // Wanted.UNKNOWN: as long as it is
    private final BiConsumer<String, Double> progress;
    private long count;

    Metered(
        InputStream in, long start, String name, long total, BiConsumer<String, Double> progress) {
      super(in);
      this.name = name;
      this.total = total;
      this.progress = progress;
      this.count = start;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count += Math.max(0, read);
      if (total >= 0 && count > total) {
        throw new IOException("the file is longer than " + total + " bytes");
      }
      progress.accept("downloading " + name, total > 0 ? (double) count / total : 0);
      return read;
    }
  }
}
