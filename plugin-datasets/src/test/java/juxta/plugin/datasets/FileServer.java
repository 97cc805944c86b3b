package juxta.plugin.datasets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import juxta.plugin.datasets.file.Download;
import juxta.toolkit.io.Digest;

/** A small HTTP server for tests that can cut connections. */
public final class FileServer implements AutoCloseable {
  public final Map<String, byte[]> files = new ConcurrentHashMap<>();
  public final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

  /** The next answer ends after so many bytes; -1: it does not. */
  public final AtomicInteger cutAfter = new AtomicInteger(-1);

  public volatile boolean knowsRanges = true;

  private final HttpServer server;

  /** A file that this server has. */
  public static Download.Wanted wanted(String name, byte[] content) {
    return new Download.Wanted(name, content.length, Digest.sha256().add(content).hex());
  }

  public FileServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  public URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/data");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] file = files.get(exchange.getRequestURI().getPath().replace("/data/", ""));
      if (file == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String range = exchange.getRequestHeaders().getFirst("Range");
      ranges.add(String.valueOf(range));
      int from = 0;
      if (range != null && knowsRanges) {
        from = Integer.parseInt(range.replaceAll("\\D", ""));
      }
      if (from > 0 && from == file.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, file.length - from);
      int cut = cutAfter.getAndSet(-1);
      exchange.getResponseBody().write(file, from, cut < 0 ? file.length - from : cut);
      exchange.getResponseBody().flush();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
