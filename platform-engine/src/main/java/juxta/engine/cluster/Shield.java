package juxta.engine.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.UserException;

/**
 * Keeps a port from everybody but those who come by one address. TensorFlow's server listens on all
 * addresses of a machine, whatever it is told, and asks nobody who he is. A socket that listens on
 * one address comes before one that listens on all: on each of the others this one hangs up.
 */
final class Shield implements AutoCloseable {
  /** Lets several sockets share a port; TensorFlow reads it when the process starts. */
  static final String SHARING = "TF_GRPC_REUSE_PORT";

  private final List<ServerSocket> sockets = new ArrayList<>();

  private Shield() {}

  /**
   * Takes the port on all addresses but one.
   *
   * @param address the one that is left to TensorFlow
   * @param port the port
   * @param environment of the process
   */
  static Shield before(InetAddress address, int port, Map<String, String> environment) {
    if (!"true".equals(environment.get(SHARING))) {
      throw new UserException(
          "TensorFlow's server would listen on all addresses of this machine; start it with"
              + " bin/juxta, or set "
              + SHARING
              + "=true before");
    }
    try (ServerSocket free = new ServerSocket()) {
      free.setReuseAddress(true); // what was closed a moment ago is no hindrance
      free.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw new UserException(
          "port " + port + " is in use (" + e.getMessage() + "); choose another --port", e);
    }
    Shield shield = new Shield();
    try {
      for (NetworkInterface network :
          NetworkInterface.networkInterfaces().filter(n -> !n.isVirtual()).toList()) {
        for (InetAddress other : network.inetAddresses().toList()) {
          if (!other.equals(address)) {
            shield.take(other, port);
          }
        }
      }
      return shield;
    } catch (IOException e) {
      shield.close();
      throw new UserException(
          "port "
              + port
              + " cannot be kept from others ("
              + e.getMessage()
              + "); choose another --port",
          e);
    }
  }

  private void take(InetAddress address, int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    sockets.add(socket);
    socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    socket.bind(new InetSocketAddress(address, port));
    Thread thread = new Thread(() -> hangUp(socket), "shield of " + address.getHostAddress());
    thread.setDaemon(true);
    thread.start();
  }

  private static void hangUp(ServerSocket socket) {
    while (!socket.isClosed()) {
      try (Socket caller = socket.accept()) {
        caller.setSoLinger(true, 0);
      } catch (IOException e) {
        // hung up himself, or the shield is closed
      }
    }
  }

  @Override
  public void close() {
    for (ServerSocket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // it is gone
      }
    }
  }
}
