package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class FeedTest {
  /** Scans with a mask; a record is decoded for all fields that are asked for together. */
  private record Scans(Map<String, AtomicInteger> asked, AtomicInteger decoded) implements Split {
    Scans() {
      this(new ConcurrentHashMap<>(), new AtomicInteger());
    }

    @Override
    public int size() {
      return 6;
    }

    @Override
    public List<Field> fields() {
      return List.of(
          Field.of("volume", FieldType.FLOAT32, 2),
          Field.of("mask", FieldType.UINT8, 3),
          Field.of("spacing", FieldType.INT32),
          Field.of("case", FieldType.TEXT));
    }

    @Override
    public Value value(String field, int record) {
      asked.computeIfAbsent(field, f -> new AtomicInteger()).incrementAndGet();
      return switch (field) {
        case "volume" -> Tensors.floats(new long[] {2}, record, 10 * record);
        case "spacing" -> Value.of(100 * record);
        default -> throw new UserException(field + " must not be read");
      };
    }

    @Override
    public Map<String, Value> values(Collection<String> fields, int record) {
      decoded.incrementAndGet();
      Map<String, Value> values = new LinkedHashMap<>();
      fields.forEach(field -> values.put(field, value(field, record)));
      return values;
    }
  }

  private final Scans scans = new Scans();

  /** A graph that knows all fields, and that makes something of the mask that nobody needs. */
  private Value sums(long limit, int... records) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      Ops tf = builder.root().tf();
      Feed feed = new Feed(tf, "main", scans, -1, limit);
      tf.dtypes.cast(feed.batch().bytes("mask"), TFloat32.class);
      Operand<TFloat32> sum =
          tf.math.add(
              tf.reduceSum(feed.batch().floats("volume"), tf.constant(1)),
              tf.dtypes.cast(feed.batch().ints("spacing"), TFloat32.class));
      feed.settle(Reach.of(graph, List.of(sum), List.of()));
      assertThat(feed.used().stream().map(Field::name)).containsExactly("volume", "spacing");
      assertThat(feed.resident()).isEqualTo(limit >= 6 * 12);
      try (GraphSession session = new GraphSession(builder)) {
        feed.start(session::feed);
        Map<Operand<?>, Tensor> tensors = feed.tensors(records);
        try {
          return session.values(tensors, List.of(sum), List.of()).get(0);
        } finally {
          tensors.values().forEach(Tensor::close);
        }
      }
    }
  }

  @Test
  void aStreamReadsTheUsedFieldsOnlyAndEachRecordOnce() {
    assertThat(Tensors.floats(sums(71, 5, 2, 2))).containsExactly(555, 222, 222);
    assertThat(scans.decoded()).hasValue(3);
    assertThat(scans.asked()).containsOnlyKeys("volume", "spacing");
  }

  @Test
  void whatIsNotUsedCountsNotToWhatIsHeldOnTheDevice() {
    assertThat(Tensors.floats(sums(72, 1, 4))).containsExactly(111, 444);
    assertThat(scans.decoded()).hasValue(6);
    assertThat(scans.asked()).containsOnlyKeys("volume", "spacing");
  }

  @Test
  void aRecordThatCannotBeReadIsNamedAndLeavesNoTensors() {
    List<Field> fields = scans.fields().subList(0, 2);
    assertThatThrownBy(() -> RecordTensors.of(scans, fields, new int[] {0, 1}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("mask must not be read");
  }
}
