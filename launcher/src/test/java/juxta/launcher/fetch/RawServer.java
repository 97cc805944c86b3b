package juxta.launcher.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that sends whatever a test wants, also what no library for servers would send. */
public final class RawServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Answers answers;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /**
   * What was asked.
   *
   * @param path its path
   * @param headers by lower-case name
   */
  public record Request(String path, Map<String, String> headers) {}

  /** Answers requests. */
  @FunctionalInterface
  public interface Answers {
    /** Writes all of an answer; the connection is closed behind it. */
    void answer(Request request, OutputStream out) throws IOException;
  }

  public RawServer(Answers answers) {
    this.answers = answers;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "raw server");
    thread.setDaemon(true);
    thread.start();
  }

  public URI at(String path) {
    return URI.create("http://localhost:" + socket.getLocalPort() + path);
  }

  public List<Request> requests() {
    return requests;
  }

  /** A status line, headers and a body; headers are {@code Name: value}. */
  public static void send(OutputStream out, String status, byte[] body, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\nConnection: close\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket one = socket.accept()) {
        one.setSoTimeout(5_000);
        Request request = request(one);
        requests.add(request);
        answers.answer(request, one.getOutputStream());
        one.getOutputStream().flush();
      } catch (IOException e) {
        continue; // the other side went away, or the test is over
      }
    }
  }

  private static Request request(Socket one) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(one.getInputStream(), StandardCharsets.ISO_8859_1));
    String first = String.valueOf(in.readLine());
    Map<String, String> headers = new TreeMap<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      String[] parts = line.split(": ", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts.length < 2 ? "" : parts[1]);
    }
    String[] words = first.split(" ");
    return new Request(words.length < 2 ? "" : words[1], headers);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
