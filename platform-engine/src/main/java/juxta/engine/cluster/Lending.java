package juxta.engine.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import juxta.api.UserException;
import org.tensorflow.Server;
import org.tensorflow.proto.ClusterDef;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.JobDef;
import org.tensorflow.proto.ServerDef;

/**
 * A server of TensorFlow in this process, by which others use its devices. TensorFlow cannot end
 * one before the process ends.
 *
 * @param address where it is reached
 */
public record Lending(Address address) {
  private static final int MILLIS = 2_000;
  private static final long GONE_NANOS = 60_000_000_000L;

  /** Static as TensorFlow's servers are: none ends before its process. */
  private static final Map<Address, Lending> STARTED = new ConcurrentHashMap<>();

  /** It may have to prepare its data first. */
  private static final long SLOW_NANOS = 60 * GONE_NANOS;

  /**
   * Starts to lend.
   *
   * @param listen address of this machine to listen on; whoever reaches it can use the devices and
   *     see what is computed, for TensorFlow asks nobody who he is
   * @param port the port, 0 for any that is free
   * @param config how the devices are opened
   * @return what lends
   * @throws UserException if the address is none of this machine's, or the port is in use
   */
  public static Lending start(String listen, int port, ConfigProto config) {
    return start(listen, port, config, false);
  }

  /**
   * Starts to lend.
   *
   * @param listen see above
   * @param port see above
   * @param config see above
   * @param reads whether this process goes on to say what data it has, for which leaders wait then
   * @return what lends
   * @throws UserException if the address is none of this machine's, or the port is in use
   */
  public static Lending start(String listen, int port, ConfigProto config, boolean reads) {
    InetAddress address = address(listen);
    Address where = new Address(address.getHostAddress(), port == 0 ? free() : port);
    Shield.before(address, where.port(), System.getenv());
    Build build = Build.here().reading(reads);
    Server server =
        new Server(
            ServerDef.newBuilder()
                .setCluster(
                    ClusterDef.newBuilder()
                        .addJob(
                            JobDef.newBuilder().setName(build.job()).putTasks(0, where.toString())))
                .setJobName(build.job())
                .setTaskIndex(0)
                .setProtocol("grpc")
                .setDefaultSessionConfig(config)
                .build());
    server.start();
    return new Lending(where);
  }

  /**
   * Starts to lend, or goes on: a process that trains one run after the other has one server.
   *
   * @param listen see {@link #start}
   * @param port see {@link #start}
   * @param config see {@link #start}
   * @return what lends
   */
  static Lending once(String listen, int port, ConfigProto config) {
    return STARTED.computeIfAbsent(
        new Address(listen, port), address -> start(listen, port, config));
  }

  private static InetAddress address(String listen) {
    try {
      InetAddress address = InetAddress.getByName(listen);
      if (!address.isAnyLocalAddress()
          && java.net.NetworkInterface.getByInetAddress(address) == null
          && !address.isLoopbackAddress()) {
        throw new UserException(
            "listen: " + listen + " is no address of this machine; see what 'ip addr' shows");
      }
      return address;
    } catch (UnknownHostException e) {
      throw new UserException("listen: '" + listen + "' does not resolve", e);
    } catch (IOException e) {
      throw new UserException("listen: '" + listen + "': " + e.getMessage(), e);
    }
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UserException("no port is free (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Lends as one of several processes that were started alike, until the one that leads is gone.
   *
   * @param role which of them this is
   * @param config how the devices are opened
   * @param started is told when it lends, and goes on to say what data this process has
   * @param say is told where it listens
   */
  public static void follow(
      Role role, ConfigProto config, Consumer<Lending> started, Consumer<String> say) {
    Lending lending = start(role.own().host(), role.own().port(), config, true);
    started.accept(lending);
    Address leader = role.addresses().get(0);
    say.accept("works for " + leader + ", at " + lending.address());
    boolean seen = false;
    long last = System.nanoTime();
    while (System.nanoTime() - last < (seen ? GONE_NANOS : SLOW_NANOS)) {
      if (leader.objection(MILLIS).isEmpty()) {
        seen = true;
        last = System.nanoTime();
      }
      try {
        Thread.sleep(MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    say.accept(leader + (seen ? " is done, or gone" : " did not begin") + "; this worker ends");
  }
}
