package juxta.plugin.claires;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.GraphScope;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.StepContext;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

class CaptionsTest {
  private static final Split FILMS = TinyFilms.of(8, 0, 4).train();
  private static final Lexicon LEXICON = Lexicon.of(FILMS, Settings.DEFAULTS);

  /** Texts drawn for the records at some steps. */
  private static List<float[]> draw(Captions captions, int[] records, long seed, long... steps) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, seed, "train");
      Map<String, Placeholder<? extends TType>> placeholders = new LinkedHashMap<>();
      Captions.Drawn drawn =
          captions.draw(
              new StepContext() {
                @Override
                public GraphScope scope() {
                  return builder.root();
                }

                @Override
                public Batch batch(String stream) {
                  throw new UnsupportedOperationException(stream);
                }

                @Override
                public <T extends TType> Operand<T> feed(
                    String name, Class<T> type, long... shape) {
                  Placeholder<T> made =
                      scope().tf().placeholder(type, Placeholder.shape(Shape.of(shape)));
                  placeholders.put(name, made);
                  return made;
                }
              },
              records.length);
      assertThat(drawn.tokens().shape().asArray())
          .containsExactly(records.length, captions.length());
      Operand<TFloat32> tokens = builder.root().tf().dtypes.cast(drawn.tokens(), TFloat32.class);
      List<float[]> found = new ArrayList<>();
      try (GraphSession session = new GraphSession(builder)) {
        for (long step : steps) {
          session.step(step);
          Map<Operand<?>, Tensor> fed = new LinkedHashMap<>();
          for (Map.Entry<String, Value> feed : captions.feeds(records).entrySet()) {
            fed.put(placeholders.get(feed.getKey()), Tensors.of(feed.getValue()));
          }
          found.add(Tensors.floats(session.values(fed, List.of(tokens), List.of()).get(0)));
          fed.values().forEach(Tensor::close);
        }
      }
      return found;
    }
  }

  private static float[] ids(String text) {
    int[] ids = LEXICON.encode(text, LEXICON.longest());
    float[] floats = new float[ids.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = ids[i];
    }
    return floats;
  }

  @Test
  void eachWordingOfARecordIsDrawnAlikeOften() {
    Captions captions = Captions.of(FILMS, LEXICON, Settings.DEFAULTS);
    assertThat(captions.ways()).isEqualTo(2);
    int[] records = new int[400];
    Arrays.fill(records, 5);
    float[] drawn = draw(captions, records, 1, 0).get(0);
    int canonical = 0;
    for (int i = 0; i < records.length; i++) {
      float[] one = Arrays.copyOfRange(drawn, i * 10, (i + 1) * 10);
      boolean first = Arrays.equals(one, ids(TinyFilms.text(5)));
      assertThat(first || Arrays.equals(one, ids("upper right is where it is dark."))).isTrue();
      canonical += first ? 1 : 0;
    }
    assertThat(canonical).isBetween(150, 250); // five standard deviations
  }

  @Test
  void drawsDependOnSeedAndStepAlone() {
    Captions captions = Captions.of(FILMS, LEXICON, Settings.DEFAULTS);
    int[] records = {0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7};
    List<float[]> steps = draw(captions, records, 1, 3, 4);
    assertThat(draw(captions, records, 1, 4).get(0)).isEqualTo(steps.get(1));
    assertThat(steps.get(1)).isNotEqualTo(steps.get(0));
    assertThat(draw(captions, records, 2, 4).get(0)).isNotEqualTo(steps.get(1));
  }

  @Test
  void withoutParaphrasesTheTextIsTheCanonicalOne() {
    Captions captions = Captions.of(FILMS, LEXICON, Settings.of(Map.of("paraphrase", "false")));
    float[] drawn = draw(captions, new int[] {6, 1}, 1, 0).get(0);
    assertThat(Arrays.copyOf(drawn, 10)).isEqualTo(ids(TinyFilms.text(6)));
    assertThat(Arrays.copyOfRange(drawn, 10, 20)).isEqualTo(ids(TinyFilms.text(1)));
  }

  @Test
  void equalTextsHaveEqualNumbers() {
    assertThat(Captions.numbers(FILMS)).containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
  }
}
