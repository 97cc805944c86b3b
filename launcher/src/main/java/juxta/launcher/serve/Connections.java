package juxta.launcher.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * All clients. One thread reads and writes whatever can be read and written just now, so that a
 * client that is slow takes a few bytes and no thread, and hands whole requests on.
 */
final class Connections implements AutoCloseable {
  private static final int BACKLOG = 512;
  private static final long TICK_MILLIS = 250;
  private static final int SCRATCH = 1 << 16;

  /** Bytes of answers that clients have yet to take; more are given to small answers only. */
  private static final long MOST_UNSENT =
      Math.max(1 << 24, Math.min(1 << 28, Runtime.getRuntime().maxMemory() / 8));

  private record Answered(Connection connection, Reply reply) {}

  private final Handler handler;
  private final Limits limits;
  private final Uploads uploads;
  private final Consumer<String> faults;
  private final Selector selector;
  private final ServerSocketChannel server;
  private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();
  private final Set<Connection> open = new LinkedHashSet<>();
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);
  private final Thread thread = new Thread(this::run, "serve-connections");
  private long unsent;
  private long ticked = System.nanoTime();
  private volatile boolean closed;

  /** Listens, and serves from now on. */
  Connections(InetSocketAddress at, Handler handler, Limits limits, Consumer<String> faults)
      throws IOException {
    this.handler = handler;
    this.limits = limits;
    this.faults = faults;
    this.uploads = new Uploads(limits.bodyBytes(), limits.waiting());
    this.selector = Selector.open();
    this.server = ServerSocketChannel.open();
    try {
      server.bind(at, BACKLOG);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException e) {
      server.close();
      selector.close();
      throw e;
    }
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.socket().getLocalPort();
  }

  Handler handler() {
    return handler;
  }

  Uploads uploads() {
    return uploads;
  }

  long now() {
    return System.nanoTime();
  }

  /** Room for what is read and used at once. */
  ByteBuffer scratch() {
    return scratch.clear();
  }

  /** A connection begins to send, or with a negative number is done with it. */
  void sends(int bytes) {
    unsent += bytes;
  }

  void left(Connection connection) {
    open.remove(connection);
  }

  /** Takes an answer; any thread may call it. */
  void deliver(Connection connection, Reply reply) {
    answered.add(new Answered(connection, reply));
    selector.wakeup();
  }

  private void run() {
    while (!closed) {
      try {
        selector.select(TICK_MILLIS);
        for (SelectionKey key : selector.selectedKeys()) {
          ready(key);
        }
        selector.selectedKeys().clear();
        send();
        tick();
      } catch (ClosedSelectorException e) {
        return;
      } catch (IOException | RuntimeException e) {
        faults.accept("fault among the connections: " + e);
      }
    }
  }

  private void ready(SelectionKey key) throws IOException {
    if (!key.isValid()) {
      return;
    }
    if (key.isAcceptable()) {
      accept();
      return;
    }
    Connection connection = (Connection) key.attachment();
    tried(
        connection,
        () -> {
          if (key.isReadable()) {
            connection.readable();
          }
          if (key.isValid() && key.isWritable()) {
            connection.writable();
          }
        });
  }

  /** What is done for a client. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  /** Does it; a client that it fails for is left. */
  private void tried(Connection connection, Work work) {
    try {
      work.run();
    } catch (IOException e) {
      connection.close(); // the client broke it off
    } catch (RuntimeException | OutOfMemoryError e) {
      connection.close();
      faults.accept("fault with a connection: " + e);
    }
  }

  private void accept() throws IOException {
    for (SocketChannel client = next(); client != null; client = next()) {
      if (open.size() >= limits.connections()) {
        Optional<Connection> oldest =
            open.stream().filter(Connection::idle).min(Comparator.comparing(Connection::since));
        if (oldest.isEmpty()) {
          client.close();
          continue;
        }
        oldest.get().close();
      }
      client.configureBlocking(false);
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = client.register(selector, SelectionKey.OP_READ);
      Connection connection = new Connection(client, key, this, limits, now());
      key.attach(connection);
      open.add(connection);
    }
  }

  private SocketChannel next() {
    try {
      return server.accept();
    } catch (IOException e) { // out of files, perhaps: those that wait are taken later
      return null;
    }
  }

  private void send() {
    for (Answered next = answered.poll(); next != null; next = answered.poll()) {
      Answered one = next;
      boolean much = one.reply().body().length > SCRATCH && unsent > MOST_UNSENT;
      tried(one.connection(), () -> one.connection().reply(much ? Reply.busy() : one.reply()));
    }
  }

  private void tick() {
    long now = now();
    if (now - ticked < TICK_MILLIS * 1_000_000) {
      return;
    }
    ticked = now;
    for (Connection connection : new ArrayList<>(open)) {
      tried(connection, () -> connection.tick(now));
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
      for (Connection connection : new ArrayList<>(open)) {
        connection.close();
      }
      server.close();
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      faults.accept("fault when the server ended: " + e);
    }
  }
}
