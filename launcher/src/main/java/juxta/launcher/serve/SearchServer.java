package juxta.launcher.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import juxta.api.UserException;
import juxta.launcher.search.Searcher;

/**
 * Serves the search page of a run. Nothing that a request says is kept: no sessions, no cookies, no
 * files. Threads, waiting requests, sizes and times are bounded.
 */
public final class SearchServer implements AutoCloseable {
  private static final int THREADS = 16;
  private static final int WAITING = 1024;
  private static final int BACKLOG = 512;
  private static final long IDLE_SECONDS = 30;
  private static final int HIGHEST_PORT = 65535;

  /** Limits of the JDK's server, in seconds; whoever starts the process may set others. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "30",
          "sun.net.httpserver.maxRspTime", "120",
          "sun.net.httpserver.idleInterval", "30",
          "sun.net.httpserver.nodelay", "true");

  /** All that the page loads comes from here, and nothing that stands in the page runs. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final HttpServer server;
  private final ThreadPoolExecutor pool;
  private final String bound;

  private SearchServer(HttpServer server, ThreadPoolExecutor pool, String bound) {
    this.server = server;
    this.pool = pool;
    this.bound = bound;
  }

  /**
   * Starts to serve.
   *
   * @param run the run
   * @param searcher answers queries
   * @param bind name or address to listen at
   * @param port port, 0 for any that is free
   * @param faults takes a line for each fault of ours
   * @return the server
   * @throws UserException if it cannot listen there
   */
  public static SearchServer start(
      RunFacts run, Searcher searcher, String bind, int port, Consumer<String> faults) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new UserException("--port " + port + " is no port; choose 1 to " + HIGHEST_PORT);
    }
    LIMITS.forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(bind), port), BACKLOG);
    } catch (UnknownHostException e) {
      throw new UserException("--bind " + bind + " is no address of this machine", e);
    } catch (IOException e) {
      throw new UserException(
          "cannot listen at "
              + bind
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "); choose another --port, or 0 for any that is free",
          e);
    }
    ThreadPoolExecutor pool = pool();
    server.setExecutor(pool);
    Handler handler =
        new Handler(
            new Guard(bind),
            new Api(searcher, new About(run, searcher, Guard.loopback(bind))),
            pool,
            faults);
    server.createContext("/", handler::handle);
    server.start();
    return new SearchServer(server, pool, bind);
  }

  private static ThreadPoolExecutor pool() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, "serve-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * The address of the page.
   *
   * @return for example {@code http://127.0.0.1:8080/}
   */
  public String address() {
    String host = bound.contains(":") && !bound.startsWith("[") ? "[" + bound + "]" : bound;
    return "http://" + host + ":" + port() + "/";
  }

  /**
   * The port that it listens at.
   *
   * @return from 1 to 65535
   */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Whether other machines can reach it.
   *
   * @return false for a server on a loopback address
   */
  public boolean open() {
    return !Guard.loopback(bound);
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }

  /** Answers requests. */
  private record Handler(Guard guard, Api api, ThreadPoolExecutor pool, Consumer<String> faults) {
    /** So many wait that an answer would come late: say so at once. */
    private static final int CROWD = 400;

    private static final String API = "/api";

    void handle(HttpExchange exchange) throws IOException {
      try (exchange) {
        send(exchange, reply(exchange));
      }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
      try {
        String path = exchange.getRequestURI().getPath();
        if (path == null) {
          throw new Refused(Reply.BAD_REQUEST, "the address is not well formed");
        }
        boolean asks = path.startsWith(API + "/");
        guard.check(exchange.getRequestHeaders(), !asks);
        if (pool.getQueue().size() > CROWD) {
          return Reply.problem(Reply.BUSY, "too many are searching just now; try again")
              .with("Retry-After", "2");
        }
        return asks ? api.answer(path.substring(API.length()), exchange) : page(path, exchange);
      } catch (Refused e) {
        return e.reply();
      } catch (UserException e) {
        return Reply.problem(Reply.BAD_REQUEST, String.join("; ", e.problems()));
      } catch (RuntimeException | OutOfMemoryError e) {
        faults.accept("fault in " + exchange.getRequestURI().getPath() + ": " + e);
        return Reply.problem(Reply.FAULT, "something went wrong here; try again");
      }
    }

    private static Reply page(String path, HttpExchange exchange) {
      Reply reply =
          Assets.at(path)
              .orElseThrow(() -> new Refused(Reply.NOT_FOUND, "there is nothing at this address"));
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        throw new Refused(
            Reply.problem(Reply.NOT_ALLOWED, "only GET, HEAD is possible here")
                .with("Allow", "GET, HEAD"));
      }
      return reply;
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
      HEADERS.forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(reply.body().length));
        exchange.sendResponseHeaders(reply.status(), -1);
        return;
      }
      exchange.sendResponseHeaders(reply.status(), reply.body().length);
      exchange.getResponseBody().write(reply.body());
    }
  }
}
