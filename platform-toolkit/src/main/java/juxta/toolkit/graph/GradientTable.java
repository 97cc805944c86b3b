package juxta.toolkit.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * all operation types and looks the right one up here. With {@link SessionDevice} this is all that
 * uses TensorFlow's internal packages.
 */
final class GradientTable {
  private static final Map<String, RawCustomGradient> TABLE = MoreGradients.table();

  /** Native code calls into this object; it must never be collected. */
  private static final TFJ_GradFuncAdapter DISPATCHER =
      RawCustomGradient.adapter(GradientTable::dispatch);

  private GradientTable() {}

  /** Registers all gradients, once a process. */
  static void install() {
    Holder.INSTALLED.size();
  }

  private static List<Operand<?>> dispatch(
      Ops tf, GraphOperation operation, List<Output<?>> gradients) {
    return TABLE.get(operation.type()).call(tf, operation, gradients);
  }

  private static final class Holder {
    static final Map<String, Boolean> INSTALLED = registerAll();

    private static Map<String, Boolean> registerAll() {
      TensorFlow.version(); // loads the native library
      Map<String, Boolean> installed = new LinkedHashMap<>();
      for (String type : TABLE.keySet()) {
        if (!tensorflow.TFJ_HasGradient(type)) {
          installed.put(type, tensorflow.TFJ_RegisterCustomGradient(type, DISPATCHER));
        }
      }
      return installed;
    }
  }
}
