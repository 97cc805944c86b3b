package juxta.launcher.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import juxta.api.UserException;
import juxta.toolkit.io.Digest;

/**
 * Fetches one file over HTTP. What has come of a transfer that broke is kept and continued, if the
 * server says that the file is still the same. Redirections lead to http and https only, and never
 * from https to http.
 *
 * @param limit bytes that a file may have
 * @param progress told what is coming and its share
 */
record Download(long limit, BiConsumer<String, Double> progress) {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int ATTEMPTS = 3;
  private static final int MOST_REDIRECTIONS = 8;
  private static final int MOST_OF_A_NOTE = 1 << 14;
  private static final int PIECE = 1 << 16;
  private static final int NOTHING_LEFT = 416; // the range begins where the file ends

  /** The connection ended too early. */
  private static final class Cut extends IOException {
    private static final long serialVersionUID = 1L;

    Cut(String message) {
      super(message);
    }
  }

  /**
   * Fetches a file.
   *
   * @param address http or https
   * @param part where it goes; what lies there is continued, beside it the server's mark of it
   * @throws UserException if that fails; what has come stays for the next time if it is of use
   */
  void fetch(URI address, Path part) {
    try {
      Files.createDirectories(part.getParent());
      for (int attempt = 1; ; attempt++) {
        long before = size(part);
        try {
          transfer(address, part);
          return;
        } catch (Cut e) {
          if (attempt == ATTEMPTS || size(part) <= before) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw new UserException(address + ": " + reason(e), e);
    }
  }

  /** A short text, such as a checksum beside a file; empty where there is none. */
  Optional<String> note(URI address) {
    try {
      HttpURLConnection connection = follow(address, "", "");
      try {
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
          return Optional.empty();
        }
        try (InputStream body = connection.getInputStream()) {
          byte[] bytes = body.readNBytes(MOST_OF_A_NOTE);
          return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
      } finally {
        connection.disconnect();
      }
    } catch (IOException | UserException e) {
      return Optional.empty();
    }
  }

  private void transfer(URI address, Path part) throws IOException {
    Path mark = part.resolveSibling(part.getFileName() + ".mark");
    String known = Files.exists(mark) && Files.exists(part) ? Files.readString(mark) : "";
    long there = known.isEmpty() ? 0 : size(part);
    HttpURLConnection connection =
        follow(address, there > 0 ? "bytes=" + there + "-" : "", there > 0 ? known : "");
    try {
      int status = connection.getResponseCode();
      if (status == NOTHING_LEFT && there > 0) {
        Files.deleteIfExists(mark);
        throw new Cut("what had come of it is of no use; run it again");
      }
      boolean goesOn =
          status == HttpURLConnection.HTTP_PARTIAL
              && there > 0
              && String.valueOf(connection.getHeaderField("Content-Range"))
                  .startsWith("bytes " + there + "-");
      if (status != HttpURLConnection.HTTP_OK && !goesOn) {
        throw new UserException(address + ": " + refusal(status));
      }
      long start = goesOn ? there : 0;
      long announced = connection.getContentLengthLong();
      long total = announced < 0 ? -1 : start + announced;
      if (total > limit) {
        throw tooLong(address);
      }
      Files.writeString(mark, mark(connection));
      receive(address, connection, part, start, total);
    } finally {
      connection.disconnect();
    }
  }

  private void receive(URI address, HttpURLConnection connection, Path part, long start, long total)
      throws IOException {
    StandardOpenOption how =
        start > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    long count = start;
    try (InputStream body = connection.getInputStream();
        OutputStream out =
            Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      byte[] piece = new byte[PIECE];
      for (int read = receive(body, piece); read >= 0; read = receive(body, piece)) {
        count += read;
        if (count > limit) {
          throw tooLong(address);
        }
        out.write(piece, 0, read);
        progress.accept("downloading", total > 0 ? (double) count / total : 0);
      }
    }
    if (count < total) {
      throw new Cut(
          "the connection ended after "
              + count
              + " of "
              + total
              + " bytes; run it again to go on from there");
    }
  }

  private static int receive(InputStream body, byte[] piece) throws IOException {
    try {
      return body.read(piece);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new Cut("the connection broke (" + text(e) + "); run it again to go on from there");
    }
  }

  /** What the server will know the same file by; empty if there is nothing certain. */
  private static String mark(HttpURLConnection connection) {
    String tag = connection.getHeaderField("ETag");
    String changed = connection.getHeaderField("Last-Modified");
    return tag != null && !tag.startsWith("W/") ? tag : changed == null ? "" : changed;
  }

  private HttpURLConnection follow(URI start, String range, String mark) throws IOException {
    URI address = start;
    for (int step = 0; step <= MOST_REDIRECTIONS; step++) {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      if (!range.isEmpty()) {
        connection.setRequestProperty("Range", range);
        connection.setRequestProperty("If-Range", mark);
      }
      if (!List.of(301, 302, 303, 307, 308).contains(connection.getResponseCode())) {
        return connection;
      }
      String to = connection.getHeaderField("Location");
      connection.disconnect();
      address = redirected(start, address, to);
    }
    throw new UserException(start + ": redirects without an end; check the address");
  }

  static URI redirected(URI start, URI from, String to) {
    URI address;
    try {
      address = from.resolve(String.valueOf(to));
    } catch (IllegalArgumentException e) {
      throw new UserException(start + ": redirects to '" + to + "', which is no address", e);
    }
    boolean web = List.of("http", "https").contains(String.valueOf(address.getScheme()));
    boolean downgraded = "https".equals(from.getScheme()) && !"https".equals(address.getScheme());
    if (to == null || !web || downgraded) {
      throw new UserException(
          start
              + ": redirects to "
              + address
              + ", where it is not followed; download the file and install that, if you trust it");
    }
    return address;
  }

  private UserException tooLong(URI address) {
    return new UserException(
        address
            + ": is longer than "
            + (limit >> 20)
            + " MB; give --max-mb if that is meant to be so");
  }

  private static String refusal(int status) {
    return switch (status) {
      case 401, 403, 407 ->
          "may not be read (status " + status + "); log in with a browser and install the file";
      case 404, 410 -> "is not there (status " + status + "); check the address";
      default -> "the server answers with status " + status + "; try again later";
    };
  }

  private static String reason(IOException e) {
    if (e instanceof Cut) {
      return e.getMessage();
    }
    if (e instanceof UnknownHostException) {
      return "no server of that name is known; check the address and the network";
    }
    if (e instanceof ConnectException) {
      return "cannot be reached (" + text(e) + "); check the network, or the proxy";
    }
    if (e instanceof SocketTimeoutException) {
      return "does not answer within " + PATIENCE_MILLIS / 1000 + " s; try again later";
    }
    if (e instanceof SSLException) {
      return "cannot be trusted (" + text(e) + "); check the server's certificate";
    }
    return "cannot be downloaded (" + text(e) + "); check the address and the disk";
  }

  private static String text(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** Where an address's file is kept while it comes. */
  static Path part(Path cache, URI address) {
    String name = Digest.sha256().add(address.toString().getBytes(StandardCharsets.UTF_8)).hex();
    return cache.resolve("plugins").resolve(name + ".part");
  }

  /** Forgets what has come. */
  static void forget(Path part) throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(part.resolveSibling(part.getFileName() + ".mark"));
  }
}
