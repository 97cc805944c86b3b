package juxta.plugin.claires;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.StepContext;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The texts of the training records as token ids. Each step is fed all wordings of its records; the
 * graph draws one of each, with seeds of its own, so that a resumed run draws the same.
 *
 * @param ids by record and wording, each of the same length
 * @param texts by record, the same number for the same canonical text
 * @param ways the most wordings that a record has
 * @param length tokens of a text
 */
record Captions(List<List<int[]>> ids, int[] texts, int ways, int length) {
  private static final String IDS = "captions";
  private static final String WAYS = "ways";
  private static final String TEXTS = "texts";

  static Captions of(Split split, Lexicon lexicon, Settings s) {
    boolean all = s.get(ClairesSettings.PARAPHRASE);
    Map<String, int[]> known = new HashMap<>(); // few texts differ
    List<List<int[]>> ids = new ArrayList<>();
    int ways = 1;
    for (int record = 0; record < split.size(); record++) {
      List<int[]> own =
          Lexicon.wordings(split, record, all).stream()
              .map(text -> known.computeIfAbsent(text, t -> lexicon.encode(t, lexicon.longest())))
              .toList();
      ids.add(own);
      ways = Math.max(ways, own.size());
    }
    return new Captions(List.copyOf(ids), numbers(split), ways, lexicon.longest());
  }

  /** Numbers the canonical texts of a split in the order in which they come. */
  static int[] numbers(Split split) {
    Map<String, Integer> seen = new HashMap<>();
    int[] numbers = new int[split.size()];
    for (int record = 0; record < numbers.length; record++) {
      String text = split.value(Field.TEXT, record).text();
      numbers[record] = seen.computeIfAbsent(text, t -> seen.size());
    }
    return numbers;
  }

  /** What a step is fed for its records. */
  Map<String, Value> feeds(int[] records) {
    int b = records.length;
    int[] all = new int[b * ways * length];
    int[] number = new int[b];
    int[] text = new int[b];
    for (int i = 0; i < b; i++) {
      List<int[]> own = ids.get(records[i]);
      for (int way = 0; way < own.size(); way++) { // what is left is never drawn
        System.arraycopy(own.get(way), 0, all, (i * ways + way) * length, length);
      }
      number[i] = own.size();
      text[i] = texts[records[i]];
    }
    return Map.of(
        IDS, Tensors.ints(new long[] {b, ways, length}, all),
        WAYS, Tensors.ints(new long[] {b}, number),
        TEXTS, Tensors.ints(new long[] {b}, text));
  }

  /**
   * A step's texts in its graph.
   *
   * @param tokens [B, L]
   * @param texts [B], numbers of the canonical texts
   */
  record Drawn(Operand<TInt32> tokens, Operand<TInt32> texts) {}

  /** Draws a wording of each of a step's b records. */
  Drawn draw(StepContext context, int b) {
    GraphScope scope = context.scope();
    Ops tf = scope.tf();
    Operand<TInt32> fed = context.feed(IDS, TInt32.class, b, ways, length); // [B, P, L]
    Operand<TInt32> number = context.feed(WAYS, TInt32.class, b); // [B]
    Operand<TInt32> text = context.feed(TEXTS, TInt32.class, b); // [B]
    Operand<TFloat32> u = // [B] in [0, 1)
        tf.random.statelessRandomUniform(scope.ints(b), scope.seed("wording"));
    Operand<TFloat32> ways = tf.dtypes.cast(number, TFloat32.class);
    Operand<TInt32> way = // [B], rounding never reaches the number
        tf.math.minimum(
            tf.dtypes.cast(tf.math.floor(tf.math.mul(u, ways)), TInt32.class),
            tf.math.sub(number, tf.constant(1)));
    Operand<TInt32> tokens = tf.gather(fed, way, tf.constant(1), Gather.batchDims(1L)); // [B, L]
    return new Drawn(tf.reshape(tokens, scope.ints(b, length)), text);
  }
}
