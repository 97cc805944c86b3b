package juxta.toolkit.graph;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Where a part of a batch is done with: on the way back its gradient says by its name which device
 * it goes to, since nothing that it is computed from does.
 */
final class PartEnd {
  private static final String RULE = "PartEnd";
  private static final String PART = "_juxta_part";
  private static final Pattern BACK = Pattern.compile("(?:.*/)?juxta_part_([0-9]+)(?:_[0-9]+)?");

  private PartEnd() {}

  /** The same tensor. */
  @SuppressWarnings("unchecked") // the type is compared
  static Operand<? extends TType> of(Ops tf, int part, Operand<? extends TType> made) {
    if (made.type() != TFloat32.class) {
      return made;
    }
    Operand<TFloat32> x = (Operand<TFloat32>) made;
    return Hooks.attach(tf, RULE, PART, new long[] {part}, x, List.of(x));
  }

  static Map<String, Hooks.Gradient> gradients() {
    return Map.of(RULE, PartEnd::back);
  }

  private static List<Operand<TFloat32>> back(Ops tf, GraphOperation hook, Operand<TFloat32> dy) {
    long part = hook.attributes().getAttrIntList(PART)[0];
    return List.of(tf.withName("juxta_part_" + part).identity(dy));
  }

  /** The part that an operation of the way back belongs to, -1 for others. */
  static int part(String operation) {
    Matcher back = BACK.matcher(operation);
    return back.matches() ? Integer.parseInt(back.group(1)) : -1;
  }
}
