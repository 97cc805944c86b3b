package juxta.launcher.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Consumer;
import juxta.api.UserException;
import juxta.launcher.search.Searcher;

/**
 * Serves the search page of a run. Nothing that a request says is kept: no sessions, no cookies, no
 * files. Connections, threads, waiting requests, sizes and times are bounded. It speaks plain HTTP;
 * TLS is left to a proxy before it.
 */
public final class SearchServer implements AutoCloseable {
  private static final int HIGHEST_PORT = 65535;
  private static final int SHORTEST_TOKEN = 12;

  private final Service service;
  private final Connections connections;
  private final String bound;

  private SearchServer(Service service, Connections connections, String bound) {
    this.service = service;
    this.connections = connections;
    this.bound = bound;
  }

  /**
   * Refuses what would open the page to strangers.
   *
   * @param bind name or address to listen at
   * @param token what all who ask must know, if anything
   * @throws UserException if others reach that address and no token keeps them out
   */
  public static void check(String bind, Optional<String> token) {
    if (token.isPresent() && !token.get().matches("[\\x21-\\x7e]{" + SHORTEST_TOKEN + ",}")) {
      throw new UserException(
          "--token takes a word of "
              + SHORTEST_TOKEN
              + " letters, digits and signs or more, without blanks");
    }
    if (token.isEmpty() && !Guard.loopback(bind)) {
      throw new UserException(
          "--bind "
              + bind
              + " would show the run, its images and their texts to everybody who reaches that"
              + " address; add --token WORD, which browsers then ask for, or leave --bind out");
    }
  }

  /**
   * Starts to serve.
   *
   * @param run the run
   * @param searcher answers queries
   * @param bind name or address to listen at
   * @param port port, 0 for any that is free
   * @param token what all who ask must know, if anything
   * @param faults takes a line for each fault of ours
   * @return the server
   * @throws UserException if it cannot listen there, or must not without a token
   */
  public static SearchServer start(
      RunFacts run,
      Searcher searcher,
      String bind,
      int port,
      Optional<String> token,
      Consumer<String> faults) {
    return start(run, searcher, bind, port, token, Limits.ofProcess(), faults);
  }

  static SearchServer start(
      RunFacts run,
      Searcher searcher,
      String bind,
      int port,
      Optional<String> token,
      Limits limits,
      Consumer<String> faults) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new UserException("--port " + port + " is no port; choose 1 to " + HIGHEST_PORT);
    }
    check(bind, token);
    Api api = new Api(searcher, new About(run, searcher, Guard.loopback(bind)));
    Service service = new Service(new Guard(bind, token), api, limits.waiting(), faults);
    try {
      InetSocketAddress at = new InetSocketAddress(InetAddress.getByName(bind), port);
      return new SearchServer(service, new Connections(at, service, limits, faults), bind);
    } catch (UnknownHostException e) {
      service.close();
      throw new UserException("--bind " + bind + " is no address of this machine", e);
    } catch (IOException e) {
      service.close();
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
    return connections.port();
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
    connections.close();
    service.close();
  }
}
