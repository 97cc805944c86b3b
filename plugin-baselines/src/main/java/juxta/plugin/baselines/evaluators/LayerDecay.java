package juxta.plugin.baselines.evaluators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learning rates that fall from layer to layer towards the input, by the rule of BEiT's and MAE's
 * code: with L blocks, layer 0 is what comes before the first of them, layer i the i-th block, and
 * what comes after the last one belongs to layer L + 1, as the head does; the rate of layer i is
 * {@code decay^(L + 1 - i)} times the head's.
 *
 * <p>A block is what shares a name up to its number: {@code blocks.3} of a transformer, {@code
 * layer2.1} of a ResNet, which the code names above does not treat. Of an encoder without numbers
 * all is layer 0.
 *
 * @param decay factor from a layer to the one before, above 0, at most 1
 */
record LayerDecay(double decay) {
  /** The shortest part of a name that ends in a number of its own. */
  private static final Pattern BLOCK = Pattern.compile("((?:[^.]+\\.)*?\\d+)(?:\\.|$)");

  /**
   * Factors on the head's learning rate.
   *
   * @param names full names of the encoder's parameters, in order of creation
   * @return factor by name
   */
  Map<String, Double> factors(List<String> names) {
    int common = common(names).length();
    Map<String, Integer> blocks = new LinkedHashMap<>(); // numbered from 1
    Map<String, Integer> layers = new LinkedHashMap<>(); // -1 for those after a block
    for (String name : names) {
      Matcher block = BLOCK.matcher(name.substring(common));
      if (block.lookingAt()) {
        layers.put(name, blocks.computeIfAbsent(block.group(1), b -> blocks.size() + 1));
      } else {
        layers.put(name, blocks.isEmpty() ? 0 : -1);
      }
    }
    int head = blocks.size() + 1;
    Map<String, Double> factors = new LinkedHashMap<>();
    layers.forEach(
        (name, layer) -> factors.put(name, layer < 0 ? 1 : Math.pow(decay, head - layer)));
    return factors;
  }

  /** What all names begin with, up to a dot. */
  private static String common(List<String> names) {
    Set<String> first = new LinkedHashSet<>();
    String prefix = "";
    List<String> left = new ArrayList<>(names);
    while (!left.isEmpty()) {
      first.clear();
      left.forEach(name -> first.add(name.substring(0, name.indexOf('.') + 1)));
      String part = first.iterator().next();
      if (first.size() > 1 || part.isEmpty() || part.matches("\\d+\\.")) {
        return prefix;
      }
      prefix += part;
      left.replaceAll(name -> name.substring(part.length()));
    }
    return prefix;
  }
}
