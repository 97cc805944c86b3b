package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A step whose loss is the root of 2 minus half its number, and no number from step 5 on. */
class StepLogTest {
  private final Graph graph = new Graph();
  private final List<String> told = new ArrayList<>();
  private GraphSession session;
  private ScalarRing ring;
  private StepLog log;

  @BeforeEach
  void build() {
    GraphBuilder builder = new GraphBuilder(graph, 1, "test");
    Ops tf = builder.root().tf();
    Operand<TFloat32> step = tf.dtypes.cast(builder.step(), TFloat32.class);
    Map<String, Operand<TFloat32>> scalars = new LinkedHashMap<>();
    scalars.put(
        "loss", tf.math.sqrt(tf.math.sub(tf.constant(2f), tf.math.div(step, tf.constant(2f)))));
    scalars.put("number", step);
    ring = new ScalarRing(builder, scalars, 3);
    session = new GraphSession(builder);
    ring.start(session);
    log =
        new StepLog(
            Optional.of(ring),
            session,
            new StepLog.Listener() {
              @Override
              public void step(long number, Map<String, Double> all) {
                assertThat(all.get("number")).isEqualTo(number);
                assertThat(all.keySet()).containsExactly("rate", "loss", "number");
                told.add(number + "");
              }

              @Override
              public RuntimeException diverged(long number, double loss) {
                return new IllegalStateException(loss + " at " + number);
              }
            });
  }

  @AfterEach
  void close() {
    session.close();
    graph.close();
  }

  private void run(long number) {
    session.step(number);
    session.values(Map.of(), List.of(), List.of(ring.write()));
    log.ran(number, Map.of("rate", 0.1));
  }

  @Test
  void tellsOfTheFirstStepAtOnceAndThenOfAFullRing() {
    run(0);
    assertThat(told).containsExactly("0");
    run(1);
    run(2);
    assertThat(told).containsExactly("0");
    run(3);
    assertThat(told).containsExactly("0", "1", "2", "3");
    run(4);
    log.flush();
    log.flush();
    assertThat(told).containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void namesTheFirstStepOfNoNumber() {
    run(2); // a run that goes on begins anywhere
    run(3);
    run(4);
    assertThatThrownBy(() -> run(5)).hasMessage("NaN at 5");
    assertThat(told).containsExactly("2", "3", "4");
  }
}
