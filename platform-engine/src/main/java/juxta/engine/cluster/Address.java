package juxta.engine.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import juxta.api.UserException;

/**
 * Where a worker is reached.
 *
 * @param host name or number
 * @param port from 1 to 65535
 */
public record Address(String host, int port) {
  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._-]+):([0-9]{1,5})");

  /**
   * Reads a user's words.
   *
   * @param words such as {@code node1:4711,node2:4711}
   * @return the addresses
   * @throws UserException if one is none, or there twice
   */
  public static List<Address> list(String words) {
    List<Address> all = new ArrayList<>();
    for (String word : words.split(",", -1)) {
      Address one = of(word.strip());
      if (all.contains(one)) {
        throw new UserException("workers: '" + one + "' is named twice; name it once");
      }
      all.add(one);
    }
    return all;
  }

  /**
   * Reads a user's word.
   *
   * @param word such as {@code node1:4711}
   * @return the address
   * @throws UserException if it is none
   */
  public static Address of(String word) {
    Matcher form = FORM.matcher(word);
    int port = form.matches() ? Integer.parseInt(form.group(2)) : 0;
    if (port < 1 || port > 65_535) {
      throw new UserException(
          "workers: '" + word + "' is no address; write HOST:PORT, as in node1:4711");
    }
    return new Address(form.group(1), port);
  }

  /** What is wrong with reaching it, empty if somebody listens there. */
  Optional<String> objection(int millis) {
    try (Socket socket = new Socket()) {
      InetAddress resolved = InetAddress.getByName(host);
      socket.connect(new InetSocketAddress(resolved, port), millis);
      return Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.of("has a name that does not resolve");
    } catch (IOException e) {
      return Optional.of("does not answer (" + e.getMessage() + ")");
    }
  }

  /**
   * Whether the machine is there and says that nobody listens. One that says nothing may be behind
   * a network that is gone for a moment.
   */
  boolean refuses(int millis) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), millis);
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The address of this machine that the other one sees. */
  String seenFrom() {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), port)); // sends nothing
      return socket.getLocalAddress().getHostAddress();
    } catch (IOException e) {
      throw new UserException("worker " + this + " cannot be reached (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
