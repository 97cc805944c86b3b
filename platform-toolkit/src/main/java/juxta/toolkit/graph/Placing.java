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
  private int sums;

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
      NodeDef mine = node.getDevice().isEmpty() ? device(node, placed) : summed(node, placed);
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
    String device = others.size() == 1 ? others.iterator().next() : home;
    return summed(node.toBuilder().setDevice(device).build(), before);
  }

  /** Another node as it is; a sum on its device, two summands at a time. */
  private NodeDef summed(NodeDef node, List<NodeDef> before) {
    List<String> summands =
        node.getInputList().stream().filter(input -> !input.startsWith("^")).toList();
    return node.getOp().equals("AddN") && summands.size() > 2
        ? summed(node, node.getDevice(), summands, before)
        : node;
  }

  /** A sum over several devices: of each device its own sum first. */
  private NodeDef summed(NodeDef sum, Map<String, List<String>> inputs, List<NodeDef> before) {
    List<String> sums = new ArrayList<>();
    inputs.forEach((device, own) -> sums.add(pairs(sum, own, device, before)));
    return summed(sum, home, sums, before);
  }

  /**
   * A sum of two summands at a time. AddN begins with whichever input's memory it may use again,
   * and that hangs on what else has run by then and which messages came in: of three or more
   * summands the last bits would differ from run to run.
   */
  private NodeDef summed(NodeDef sum, String device, List<String> summands, List<NodeDef> before) {
    int last = summands.size() - 1;
    String others = pairs(sum, summands.subList(0, last), device, before);
    NodeDef.Builder whole = two(sum, sum.getName(), device, others, summands.get(last));
    sum.getInputList().stream().filter(input -> input.startsWith("^")).forEach(whole::addInput);
    return whole.build();
  }

  /** The sum of one or more summands, a pair at a time. */
  private String pairs(NodeDef sum, List<String> summands, String device, List<NodeDef> before) {
    String so = summands.get(0);
    for (String next : summands.subList(1, summands.size())) {
      NodeDef pair = two(sum, sum.getName() + "/sum_" + sums++, device, so, next).build();
      devices.put(pair.getName(), device);
      before.add(pair);
      so = pair.getName();
    }
    return so;
  }

  private static NodeDef.Builder two(NodeDef sum, String name, String device, String a, String b) {
    return sum.toBuilder()
        .setName(name)
        .setDevice(device)
        .clearInput()
        .addInput(a)
        .addInput(b)
        .putAttr("N", sum.getAttrOrThrow("N").toBuilder().setI(2).build());
  }

  private static String operation(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
