package juxta.plugin.grass;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import juxta.api.GraphScope;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * What happens between the two runs of a guided step: the maps come to the host, boxes are chosen,
 * and the boxes go back. The views stay on the device, in a variable that is no parameter: each
 * step fills it before it reads it.
 */
final class Guidance {
  private static final String RUN = "guidance";
  private static final String BOXES = "boxes";
  private static final String MAPS = "maps";
  private static final String VIEWS = "views";
  private static final String NUMBER = "number";

  private final Map<String, Operand<? extends TType>> fetches = new LinkedHashMap<>();
  private final Op keep;
  private final Operand<TFloat32> views;
  private final Operand<TInt32> boxes;
  private final int side;
  private final double ratio;
  private final AtomicReference<GuidanceSheet> seen;

  /**
   * Prepares the run of a step.
   *
   * @param context of the step
   * @param x X, [2N, side, side, C], all dimensions known
   * @param maps A, [2N, h, w]
   * @param ratio r
   * @param pictured images whose views, maps and boxes are put into {@code seen}, 0 for none
   * @param seen what the last step saw
   */
  Guidance(
      StepContext context,
      Operand<TFloat32> x,
      Operand<TFloat32> maps,
      double ratio,
      int pictured,
      AtomicReference<GuidanceSheet> seen) {
    GraphScope scope = context.scope();
    Ops tf = scope.tf();
    Shape shape = x.shape();
    int rows = (int) shape.get(0);
    VarHandleOp held = tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName("grass.views"));
    this.keep = tf.assignVariableOp(held, x);
    this.views = tf.readVariableOp(held, TFloat32.class);
    this.boxes = context.feed(BOXES, TInt32.class, rows, 4);
    this.side = (int) shape.get(1);
    this.ratio = ratio;
    this.seen = seen;
    fetches.put(MAPS, maps);
    if (pictured > 0) {
      fetches.put(VIEWS, tf.gather(x, tf.constant(pictured(rows / 2, pictured)), tf.constant(0)));
      fetches.put(NUMBER, tf.dtypes.cast(scope.step(), TInt32.class));
    }
  }

  /** The first images' first views, and then their second ones. */
  private static int[] pictured(int n, int images) {
    return IntStream.range(0, 2 * Math.min(n, images))
        .map(i -> i < Math.min(n, images) ? i : n + i - Math.min(n, images))
        .toArray();
  }

  /** X, as the step's last run reads it, [2N, side, side, C]. */
  Operand<TFloat32> views() {
    return views;
  }

  /** The boxes chosen, [2N, 4]. */
  Operand<TInt32> boxes() {
    return boxes;
  }

  /** The step with the run that guides it. */
  Step guide(Step step) {
    return step.driven(
        List.of(new Step.Run(RUN, fetches, List.of(keep))),
        (runner, batch) -> {
          Map<String, Value> guided = runner.run(RUN, Map.of());
          List<Long> shape = guided.get(MAPS).shape(); // [2N, h, w]
          CropChoice choice =
              new CropChoice(shape.get(1).intValue(), shape.get(2).intValue(), side, ratio);
          float[] maps = Tensors.floats(guided.get(MAPS));
          List<CropBox> chosen = choice.all(maps);
          if (guided.containsKey(VIEWS)) {
            look(guided, choice, maps, chosen);
          }
          runner.train(Map.of(BOXES, Crops.value(chosen)));
        });
  }

  private void look(
      Map<String, Value> guided, CropChoice choice, float[] maps, List<CropBox> chosen) {
    int[] rows = pictured(chosen.size() / 2, guided.get(VIEWS).shape().get(0).intValue() / 2);
    seen.set(
        new GuidanceSheet(
            guided.get(NUMBER).number(),
            guided.get(VIEWS),
            IntStream.of(rows).mapToObj(row -> choice.enlarged(maps, row)).toList(),
            IntStream.of(rows).mapToObj(chosen::get).toList()));
  }
}
