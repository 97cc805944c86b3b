package juxta.engine.cluster;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import juxta.api.UserException;
import juxta.toolkit.graph.Remote;
import juxta.toolkit.graph.SessionDevice;
import org.tensorflow.proto.ClusterDef;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.JobDef;

/**
 * The machines that work for this one. This process is task 0 of the cluster, which holds the
 * weights; what its sessions are told of the cluster, TensorFlow tells the workers.
 *
 * @param leader where this process is reached
 * @param workers the others, in order
 * @param devices TensorFlow's names of all devices that compute, those of this process first
 * @param seconds after which a step that has not ended counts as failed
 * @param readers those of the workers that say what data they have
 */
public record Workers(
    Address leader,
    List<Address> workers,
    List<String> devices,
    int seconds,
    List<Address> readers) {
  private static final String JOB = "worker";
  private static final Pattern TASK = Pattern.compile("/task:([0-9]+)/");
  private static final String SLOW = "a step took longer than ";
  private static final int PROBE_MILLIS = 5_000;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  /**
   * Joins workers.
   *
   * @param workers where they are
   * @param port where they reach this process, 0 for any that is free
   * @param own types of TensorFlow's devices of this process that compute, {@code CPU} or {@code
   *     GPU}, once for each
   * @param config how the devices of this process are opened
   * @param seconds after which a step that has not ended counts as failed
   * @return the cluster
   * @throws UserException if one of them cannot be reached, or runs something else
   */
  public static Workers join(
      List<Address> workers, int port, List<String> own, ConfigProto config, int seconds) {
    Build build = Build.here();
    List<String> problems = new ArrayList<>();
    List<String> devices = new ArrayList<>();
    List<Address> readers = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      devices.add(name(0, own.get(i), i));
    }
    for (int i = 0; i < workers.size(); i++) {
      try {
        List<String> types = types(workers.get(i), build, readers);
        for (int k = 0; k < types.size(); k++) {
          devices.add(name(i + 1, types.get(k), k));
        }
      } catch (UserException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    Set<String> seen = new LinkedHashSet<>();
    workers.forEach(worker -> seen.add(worker.seenFrom()));
    if (seen.size() > 1) {
      throw new UserException(
          "workers: this machine has another address for each of them ("
              + String.join(", ", seen)
              + "); name them all by addresses of one network");
    }
    Lending lending = Lending.once(seen.iterator().next(), port, config);
    String job = "/job:" + job(lending.address());
    devices.replaceAll(device -> job + device);
    return new Workers(
        lending.address(),
        List.copyOf(workers),
        List.copyOf(devices),
        seconds,
        List.copyOf(readers));
  }

  /**
   * The name of a leader's cluster. A worker ends the sessions of a leader when another process
   * comes by the same name: that is one that was killed, started anew, and must be no other one.
   */
  static String job(Address leader) {
    return JOB + "_" + leader.toString().replaceAll("[^A-Za-z0-9]", "_");
  }

  private static String name(int task, String type, int number) {
    return "/replica:0/task:" + task + "/device:" + type + ":" + number;
  }

  /** Types of the devices of a worker that compute: its cards, else its processor. */
  private static List<String> types(Address worker, Build own, List<Address> readers) {
    Optional<String> objection = waited(worker);
    if (objection.isPresent()) {
      throw new UserException(
          "worker "
              + worker
              + " "
              + objection.get()
              + "; start it there with 'juxta worker --port "
              + worker.port()
              + " --listen ADDRESS'");
    }
    List<SessionDevice> found;
    try {
      found = SessionDevice.at(target(worker), PROBE_MILLIS);
    } catch (IllegalStateException e) {
      throw new UserException(
          "worker "
              + worker
              + " is no server of TensorFlow, or hangs ("
              + firstLine(e)
              + "); see what listens there",
          e);
    }
    Optional<Build> build = found.stream().findFirst().flatMap(device -> Build.of(device.name()));
    if (build.isEmpty()) {
      throw new UserException(
          "worker "
              + worker
              + " is a server of TensorFlow, but none of Juxta's; name a 'juxta worker'");
    }
    if (!build.get().reading(false).equals(own)) {
      throw new UserException(
          "worker "
              + worker
              + " runs "
              + build.get()
              + ", and this is "
              + own
              + "; install the same on both");
    }
    if (build.get().reads()) {
      readers.add(worker);
    }
    List<String> cards = found.stream().map(SessionDevice::type).filter("GPU"::equals).toList();
    return cards.isEmpty()
        ? found.stream().map(SessionDevice::type).filter("CPU"::equals).toList()
        : cards;
  }

  /** Machines of one job do not start at once. */
  private static Optional<String> waited(Address worker) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    Optional<String> objection = worker.objection(PROBE_MILLIS);
    while (objection.isPresent() && System.nanoTime() < end) {
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return objection;
      }
      objection = worker.objection(PROBE_MILLIS);
    }
    return objection;
  }

  private static String target(Address address) {
    return "grpc://" + address;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * What sessions need that use the workers.
   *
   * @param config how they would be opened without
   * @return the configuration
   */
  public ConfigProto config(ConfigProto config) {
    JobDef.Builder job = JobDef.newBuilder().setName(job(leader)).putTasks(0, leader.toString());
    for (int i = 0; i < workers.size(); i++) {
      job.putTasks(i + 1, workers.get(i).toString());
    }
    return config.toBuilder()
        .setClusterDef(ClusterDef.newBuilder().addJob(job))
        .setIsolateSessionState(true) // what another run left on a worker is none of this one's
        .setAllowSoftPlacement(true)
        .build();
  }

  /**
   * Where sessions are opened that use the workers.
   *
   * @return the target
   */
  public Remote remote() {
    return new Remote(target(leader), seconds * 1000L, this::explained, this::gone);
  }

  /**
   * Where a worker is asked for its data.
   *
   * @param worker one of the workers
   * @param slow what it means if it does not answer in time, though it lends
   * @return its own target
   */
  public Remote remote(Address worker, String slow) {
    return new Remote(
        target(worker),
        seconds * 1000L,
        fault -> {
          RuntimeException known = explained(fault);
          return String.valueOf(known.getMessage()).startsWith(SLOW)
              ? new UserException(slow, fault)
              : known;
        },
        this::gone);
  }

  /**
   * The worker that a device belongs to.
   *
   * @param device one of the devices
   * @return empty for one of this process
   */
  public Optional<Address> workerOf(String device) {
    Matcher task = TASK.matcher(device);
    int number = task.find() ? Integer.parseInt(task.group(1)) : 0;
    return number == 0 ? Optional.empty() : Optional.of(workers.get(number - 1));
  }

  private boolean gone() {
    return workers.stream().anyMatch(worker -> worker.refuses(PROBE_MILLIS));
  }

  /** What went wrong, by the name of the worker that is the cause where one is. */
  private RuntimeException explained(RuntimeException fault) {
    List<String> silent = new ArrayList<>();
    for (Address worker : workers) {
      worker
          .objection(PROBE_MILLIS)
          .or(() -> hanging(worker))
          .ifPresent(why -> silent.add("worker " + worker + " " + why));
    }
    String remedy = "; mend that and go on with --resume, with these --workers or others";
    if (!silent.isEmpty()) {
      return new UserException(String.join(", ", silent) + remedy, fault);
    }
    String message = String.valueOf(fault.getMessage());
    if (message.contains("session") && message.contains("not found")
        || message.contains("Session handle")
        || message.contains("incarnation")) {
      return new UserException("a worker was started anew during the run" + remedy, fault);
    }
    return message.contains("Deadline") || message.contains("timed out")
        ? new UserException(
            SLOW
                + seconds
                + " s, and all workers answer; raise --worker-timeout or start the workers anew"
                + remedy,
            fault)
        : connection(message) ? new UserException("the network failed" + remedy, fault) : fault;
  }

  private static boolean connection(String message) {
    return message.contains("ocket closed")
        || message.contains("onnection reset")
        || message.contains("failed to connect");
  }

  private static Optional<String> hanging(Address worker) {
    try {
      SessionDevice.at(target(worker), PROBE_MILLIS);
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of("hangs");
    }
  }
}
