package juxta.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.UserException;

/**
 * What a process is to do where the same command is started on every machine: {@code TF_CONFIG}
 * says it on Kubernetes, variables of its own on Slurm.
 *
 * @param rank number of the process; 0 leads
 * @param addresses of all of them, by rank
 */
public record Role(int rank, List<Address> addresses) {
  /** Where workers listen where only the names of machines are known. */
  static final int PORT = 4711;

  /**
   * Copies.
   *
   * @param rank see the record
   * @param addresses see the record
   */
  public Role {
    addresses = List.copyOf(addresses);
  }

  /**
   * Whether the process leads, so that the others work for it.
   *
   * @return false for a worker
   */
  public boolean leads() {
    return rank == 0;
  }

  /**
   * The processes that work for the leader.
   *
   * @return all but the first
   */
  public List<Address> workers() {
    return addresses.subList(1, addresses.size());
  }

  /**
   * Where this process is reached.
   *
   * @return its address
   */
  public Address own() {
    return addresses.get(rank);
  }

  /**
   * What the environment says.
   *
   * @param environment variables by name
   * @return empty if it names no other process
   * @throws UserException if what it says makes no sense
   */
  public static Optional<Role> of(Map<String, String> environment) {
    String config = environment.getOrDefault("TF_CONFIG", "");
    Optional<Role> role = config.isBlank() ? slurm(environment) : Optional.of(tfConfig(config));
    return role.filter(found -> found.addresses().size() > 1);
  }

  /** The form of TensorFlow's own strategies; a chief comes before the workers. */
  private static Role tfConfig(String text) {
    JsonNode config;
    try {
      config = new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UserException("TF_CONFIG is no JSON; see docs/devices.md for what it holds", e);
    }
    List<Address> all = new ArrayList<>();
    int chiefs = 0;
    for (String job : List.of("chief", "worker")) {
      for (JsonNode address : config.path("cluster").path(job)) {
        all.add(Address.of(address.asText()));
      }
      chiefs = job.equals("chief") ? all.size() : chiefs;
    }
    String type = config.path("task").path("type").asText("");
    int index = config.path("task").path("index").asInt(-1);
    int rank = type.equals("worker") ? chiefs + index : index;
    if (!List.of("chief", "worker").contains(type)
        || index < 0
        || rank >= all.size()
        || type.equals("chief") && index >= chiefs) {
      throw new UserException(
          "TF_CONFIG: its task '"
              + type
              + "' "
              + index
              + " is none of the chiefs and workers of its cluster; see docs/devices.md");
    }
    return new Role(rank, all);
  }

  /** One process on each node of a job step. */
  private static Optional<Role> slurm(Map<String, String> environment) {
    String nodes =
        environment.getOrDefault(
            "SLURM_STEP_NODELIST", environment.getOrDefault("SLURM_JOB_NODELIST", ""));
    String rank = environment.getOrDefault("SLURM_PROCID", "");
    String tasks =
        environment.getOrDefault(
            "SLURM_STEP_NUM_TASKS", environment.getOrDefault("SLURM_NTASKS", ""));
    if (nodes.isBlank() || !rank.matches("[0-9]{1,6}") || !tasks.matches("[0-9]{1,6}")) {
      return Optional.empty();
    }
    int count = Integer.parseInt(tasks);
    if (count < 2) {
      return Optional.empty();
    }
    List<String> names = NodeList.expanded(nodes);
    if (names.size() != count || Integer.parseInt(rank) >= count) {
      throw new UserException(
          "Slurm: "
              + count
              + " tasks on "
              + names.size()
              + " nodes; start one a node: srun --ntasks-per-node=1");
    }
    return Optional.of(
        new Role(
            Integer.parseInt(rank), names.stream().map(name -> new Address(name, PORT)).toList()));
  }
}
