package juxta.plugin.claires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Matrix;
import juxta.api.Model;
import juxta.api.ModelFunction;
import juxta.api.Score;
import juxta.api.Settings;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.View;
import juxta.picture.Picture;
import juxta.toolkit.picture.PictureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalTest {
  @TempDir Path folder;

  /** Embeddings that are given. */
  private record Given(
      Dataset data, Map<String, Matrix> embeddings, Settings settings, Path directory)
      implements Evaluation {
    @Override
    public Model model() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long seed() {
      return 1;
    }

    @Override
    public Matrix run(String function, String split, String output) {
      assertThat(split).isEqualTo(Dataset.TEST);
      return embeddings.get(function);
    }

    @Override
    public Applied open(String function, List<Field> inputs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Batch view(GraphScope scope, Batch batch, View view) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Trained train(
        String name, Dataset of, TrainingPhase phase, List<ModelFunction> functions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void progress(long done, long total, String unit) {}
  }

  private Map<String, Score> score(Matrix texts, Matrix images, String... settings) {
    Map<String, String> all = new TreeMap<>();
    for (String pair : settings) {
      all.put(pair.split("=")[0], pair.split("=")[1]);
    }
    List<Score> scores =
        new Retrieval()
            .evaluate(
                new Given(
                    TinyFilms.of(4, 0, texts.rows()),
                    Map.of(ModelFunction.EMBED_TEXT, texts, ModelFunction.EMBED, images),
                    Settings.of(all),
                    folder));
    assertThat(scores.get(0).metric()).isEqualTo("text-hit@3");
    return scores.stream().collect(Collectors.toMap(Score::metric, score -> score));
  }

  private static Matrix rows(int columns, float... values) {
    return new Matrix(values.length / columns, columns, values);
  }

  private static final Matrix AXES = rows(4, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);

  @Test
  void aModelThatIsRightFindsEverythingFirst() {
    Map<String, Score> scores = score(AXES, AXES);
    assertThat(scores).hasSize(10);
    scores.values().forEach(score -> assertThat(score.value()).isEqualTo(1));
    assertThat(scores.get("text-hit@1").protocol())
        .containsEntry("candidates", "4")
        .containsEntry("queries", "4")
        .containsEntry("excluded", "0")
        .containsEntry("chance", "0.2500")
        .containsEntry("95%", "1.0000 to 1.0000")
        .doesNotContainKey("bound");
  }

  /** A model that takes each text for the next image is wrong, however good its loss. */
  @Test
  void textsAreTheQueriesAndImagesTheCandidates() {
    Matrix images = rows(2, 1, 0.1f, 0, 1, -1, 0.2f, 0.1f, -1);
    Matrix texts = rows(2, 0, 1, -1, 0, 0, -1, 1, 0); // of the image that comes next
    Map<String, Score> scores = score(texts, images);
    assertThat(scores.get("instance-hit@1").value()).isZero();
    assertThat(scores.get("instance-hit@5").value()).isEqualTo(1);
    // ranks 3, 2, 3, 2; were images the queries, they would be 2, 2.5, 3, 2
    assertThat(scores.get("instance-mrr").value()).isCloseTo(5 / 12.0, within(1e-9));
  }

  @Test
  void lengthsOfEmbeddingsDoNotCount() {
    Matrix images = rows(2, 100, 0, 0, 0.01f, -3, 0, 0, -7);
    Matrix texts = rows(2, 0.1f, 0.05f, 2, 9, -5, 1, 0.1f, -0.2f);
    assertThat(score(texts, images).get("instance-hit@1").value()).isEqualTo(1);
  }

  /** All tie: of 4 candidates with one right the rank is 2.5. */
  @Test
  void aModelThatSaysTheSameOfEverythingScoresChance() {
    Matrix same = rows(2, 1, 2, 1, 2, 1, 2, 1, 2);
    Map<String, Score> scores = score(same, same);
    assertThat(scores.get("instance-mrr").value()).isCloseTo(0.4, within(1e-9));
    assertThat(scores.get("instance-hit@1").value()).isZero();
    assertThat(scores.get("instance-hit@3").value()).isEqualTo(1);
  }

  /** 8 films of 4 texts: the model tells texts apart, and films of one text by chance at most. */
  @Test
  void equalTextsAreFindsInTheModeTextOnly() {
    float[] twice = new float[32];
    System.arraycopy(AXES.values(), 0, twice, 0, 16);
    System.arraycopy(AXES.values(), 0, twice, 16, 16);
    Matrix all = rows(4, twice);
    Map<String, Score> scores = score(all, all, "visible=place");
    assertThat(scores.get("text-mrr").value()).isEqualTo(1);
    assertThat(scores.get("instance-mrr").value()).isCloseTo(1 / 1.5, within(1e-9));
    assertThat(scores.get("text-mrr").protocol()).containsEntry("bound", "1.0000");
    assertThat(scores.get("instance-mrr").protocol()).containsEntry("bound", "0.7500");
    assertThat(scores.get("instance-hit@1").protocol()).containsEntry("bound", "0.5000");
  }

  @Test
  void whatImagesShowMustBeAFieldOfTheTexts() {
    assertThatThrownBy(() -> score(AXES, AXES, "visible=stage"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no field 'stage'");
    assertThatThrownBy(() -> score(rows(1, new float[8]), rows(1, new float[8]), "visible=film"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("field 'film' is no part of the texts");
  }

  @Test
  void everyQueryIsARowOfTheTable() throws IOException {
    score(AXES, AXES);
    List<String> lines = Files.readAllLines(folder.resolve("retrieval-queries.csv"));
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).startsWith("record,text,text-rank,instance-rank,image-1,score-1");
    assertThat(lines.get(3))
        .startsWith("2,a shadow in the lower left corner.,1.0,1.0,2,1.0000,true,0,0.0000,false");
  }

  @Test
  void thePictureShowsQueriesWithTheirFinds() throws IOException {
    score(AXES, AXES, "picture-queries=2");
    Picture picture = PictureFiles.read(folder.resolve("retrieval.png"));
    assertThat(picture.size().height()).isEqualTo(2 * 140);
    assertThat(picture.size().width()).isEqualTo(5 * 140 + 35);
    // a blue frame with a bar about the first find, an orange one about the second
    assertThat(picture.colour(70, 140 + 35 + 4)).isEqualTo(0x56b4e9);
    assertThat(picture.colour(6 + 128 - 2, 140 + 35 + 70)).isEqualTo(0x56b4e9);
    assertThat(picture.colour(70, 2 * 140 + 35 + 4)).isEqualTo(0xd55e00);
    Files.delete(folder.resolve("retrieval.png"));
    score(AXES, AXES, "picture-queries=0");
    assertThat(folder.resolve("retrieval.png")).doesNotExist();
  }
}
