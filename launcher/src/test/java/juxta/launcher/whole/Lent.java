package juxta.launcher.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/**
 * A worker of this machine.
 *
 * @param shell where it is installed
 * @param port where it listens
 * @param process what runs
 */
record Lent(Shell shell, int port, Child process) implements AutoCloseable {
  /** As the start script has it. */
  private static final Map<String, String> ENVIRONMENT = Map.of("TF_GRPC_REUSE_PORT", "true");

  /** Starts one; {@link #lending} waits for it. */
  static Lent start(Shell shell) {
    return at(shell, free());
  }

  private static Lent at(Shell shell, int port) {
    return new Lent(shell, port, shell.startWith(ENVIRONMENT, "worker --port %d", port));
  }

  Lent lending() {
    process.awaitOut("lending");
    return this;
  }

  /** Another one in its place. */
  Lent anew() {
    close();
    return at(shell, port).lending();
  }

  /** Starts a command that may use workers. */
  static Child leader(Shell shell, String line, Object... arguments) {
    return shell.startWith(ENVIRONMENT, line, arguments);
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.killAfter(0);
  }
}
