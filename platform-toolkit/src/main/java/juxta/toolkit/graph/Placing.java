package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Gives devices to what TensorFlow made by itself: the gradients, which would all be computed on
 * the first device. The gradient of what one device computed belongs to that device; sums over
 * several devices belong to the first, to which each of them sends one summand.
 */
final class Placing {
  private final Spread spread;
  private final String home;
  private final Map<String, String> devices = new HashMap<>(); // by operation
  private final Set<String> free = new HashSet<>(); // without inputs or device

  private Placing(Spread spread) {
    this.spread = spread;
    this.home = spread.home();
  }

  /** The same graph, all operations of which have a device. */
  static GraphDef of(GraphDef graph, Spread spread) {
    return new Placing(spread).placed(graph);
  }

  private GraphDef placed(GraphDef graph) {
    Map<String, Set<String>> consumers = new HashMap<>();
    List<NodeDef> placed = new ArrayList<>();
    for (NodeDef node : graph.getNodeList()) {
      NodeDef mine = node.getDevice().isEmpty() ? device(node, placed) : node;
      devices.put(mine.getName(), mine.getDevice());
      for (String input : mine.getInputList()) {
        if (free.contains(operation(input))) {
          consumers.computeIfAbsent(operation(input), i -> new HashSet<>()).add(mine.getDevice());
        }
      }
      placed.add(mine);
    }
    GraphDef.Builder all = graph.toBuilder().clearNode();
    for (NodeDef node : placed) {
      Set<String> used = consumers.getOrDefault(node.getName(), Set.of());
      all.addNode(
          used.size() == 1 ? node.toBuilder().setDevice(used.iterator().next()).build() : node);
    }
    return all.build();
  }

  /** A node with a device, before which others may come. */
  private NodeDef device(NodeDef node, List<NodeDef> before) {
    int part = PartEnd.part(node.getName());
    if (part >= 0) {
      return node.toBuilder().setDevice(spread.devices().get(part)).build();
    }
    Map<String, List<String>> inputs = new LinkedHashMap<>(); // by device
    for (String input : node.getInputList()) {
      String name = operation(input);
      if (!input.startsWith("^") && !free.contains(name)) {
        inputs.computeIfAbsent(devices.get(name), d -> new ArrayList<>()).add(input);
      }
    }
    if (inputs.isEmpty()) {
      free.add(node.getName());
    }
    if (node.getOp().equals("AddN") && inputs.size() > 1) {
      return summed(node, inputs, before);
    }
    Set<String> others = new HashSet<>(inputs.keySet());
    others.remove(home);
    if (others.size() == 1) {
      return node.toBuilder().setDevice(others.iterator().next()).build();
    }
    return node.toBuilder().setDevice(home).build();
  }

  /** A sum over several devices: of each device its own sum first. */
  private NodeDef summed(NodeDef sum, Map<String, List<String>> inputs, List<NodeDef> before) {
    NodeDef.Builder whole = sum.toBuilder().clearInput().setDevice(home);
    int number = 0;
    for (Map.Entry<String, List<String>> own : inputs.entrySet()) {
      if (own.getValue().size() == 1) {
        whole.addInput(own.getValue().get(0));
        continue;
      }
      NodeDef.Builder part =
          sum.toBuilder()
              .setName(sum.getName() + "/sum_" + number++)
              .clearInput()
              .setDevice(own.getKey());
      own.getValue().forEach(part::addInput);
      part.putAttr("N", part.getAttrOrThrow("N").toBuilder().setI(own.getValue().size()).build());
      devices.put(part.getName(), own.getKey());
      before.add(part.build());
      whole.addInput(part.getName());
    }
    whole.putAttr("N", whole.getAttrOrThrow("N").toBuilder().setI(inputs.size()).build());
    sum.getInputList().stream().filter(input -> input.startsWith("^")).forEach(whole::addInput);
    return whole.build();
  }

  private static String operation(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
