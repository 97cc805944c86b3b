package juxta.toolkit.graph;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import juxta.api.UserException;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TFJ_GradFuncAdapter;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;

/**
 * Gradients of operations that TensorFlow's C++ library lacks. TensorFlow Java offers ten native
 * slots for such functions and kills the JVM when more are used, so one function is registered for
 * all operation types and looks the right one up here. As TensorFlow's own, the table is the
 * process's. With {@link SessionDevice} this is all that uses TensorFlow's internal packages.
 */
final class GradientTable {
  private static final String TOOLKIT = "juxta.toolkit";

  /** A gradient, and whose it is. */
  private record Entry(String owner, RawCustomGradient gradient) {}

  private static final Map<String, Entry> TABLE = new ConcurrentHashMap<>();

  /** Native code calls into this object; it must never be collected. */
  private static final TFJ_GradFuncAdapter DISPATCHER =
      RawCustomGradient.adapter(GradientTable::dispatch);

  static {
    TensorFlow.version(); // loads the native library
    MoreGradients.table().forEach((type, gradient) -> add(TOOLKIT, type, gradient));
  }

  private GradientTable() {}

  /** Registers the toolkit's gradients, once a process: the class does it when it is loaded. */
  static void install() {}

  /** Adds a gradient. The owner may add his own again; the last one holds. */
  static synchronized void add(String owner, String type, RawCustomGradient gradient) {
    Entry there = TABLE.get(type);
    if (there != null && !there.owner().equals(owner)) {
      throw new UserException(
          "the gradient of operation "
              + type
              + " is registered by "
              + there.owner()
              + " and by "
              + owner
              + "; leave one of the two out");
    }
    if (there == null) {
      if (tensorflow.TFJ_HasGradient(type)) {
        throw new UserException(
            owner
                + " registers a gradient of operation "
                + type
                + ", which TensorFlow has itself and which cannot be replaced; leave it out");
      }
      tensorflow.TFJ_RegisterCustomGradient(type, DISPATCHER);
    }
    TABLE.put(type, new Entry(owner, gradient));
  }

  /** Whether an operation type has a gradient, TensorFlow's or a registered one. */
  static boolean has(String type) {
    return TABLE.containsKey(type) || tensorflow.TFJ_HasGradient(type);
  }

  /** All operation types that have a gradient. */
  static SortedSet<String> types() {
    return Stream.concat(
            TABLE.keySet().stream(),
            TensorFlow.registeredOpList().getOpList().stream()
                .map(op -> op.getName())
                .filter(GradientTable::has))
        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
  }

  private static List<Operand<?>> dispatch(
      Ops tf, GraphOperation operation, List<Output<?>> gradients) {
    Entry entry = TABLE.get(operation.type());
    List<Operand<?>> found = entry.gradient().call(tf, operation, gradients);
    if (found.size() != operation.numInputs()) {
      throw new IllegalStateException(
          "the gradient of operation "
              + operation.type()
              + " by "
              + entry.owner()
              + " returned "
              + found.size()
              + " gradients for "
              + operation.numInputs()
              + " inputs");
    }
    return found;
  }
}
