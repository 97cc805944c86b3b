package juxta.plugin.datasets.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Matrix;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Requests;
import juxta.plugin.datasets.text.AgeGroup;
import juxta.plugin.datasets.text.PatientSplit;
import juxta.toolkit.data.Dice;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.metrics.Relevance;
import juxta.toolkit.metrics.RetrievalBound;
import juxta.toolkit.metrics.RetrievalRanks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DentalTest {
  private static Dataset open(String... settings) {
    return new Dental().open(Requests.without(Path.of("unused"), settings));
  }

  private static Dataset small(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("train-size", "40", "validation-size", "12", "test-size", "15", "size", "32"));
    all.addAll(List.of(more));
    return open(all.toArray(String[]::new));
  }

  private static List<String> texts(Split split, String field) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < split.size(); i++) {
      texts.add(split.value(field, i).text());
    }
    return texts;
  }

  @Test
  void hasTheDocumentedFieldsAndSplits() {
    Dataset data = small();
    assertThat(data.kind()).isEqualTo(DataKind.IMAGES_WITH_TEXT);
    assertThat(data.splits().keySet()).containsExactly("train", "validation", "test");
    assertThat(data.splits().values().stream().map(Split::size)).containsExactly(40, 12, 15);
    assertThat(data.train().fields())
        .containsExactly(
            Field.of("image", FieldType.UINT8, 32, 32, 3),
            Field.of("label", FieldType.INT32),
            Field.of("text", FieldType.TEXT),
            Field.of("caption", FieldType.TEXT),
            Field.of("patient", FieldType.TEXT),
            Field.of("diagnosis", FieldType.TEXT),
            Field.of("age-group", FieldType.TEXT),
            Field.of("sex", FieldType.TEXT));
    assertThat(data.classes())
        .containsExactly(
            "healthy",
            "gingivitis",
            "stage i periodontitis",
            "stage ii periodontitis",
            "stage iii periodontitis",
            "stage iv periodontitis");
    for (int i = 0; i < 40; i++) {
      Split train = data.train();
      String diagnosis = train.value("diagnosis", i).text();
      assertThat(diagnosis).isEqualTo(data.classes().get(Bytes.label(train, i)));
      assertThat(train.value("text", i).text())
          .isEqualTo(
              "%s %s patient with %s."
                  .formatted(
                      train.value("age-group", i).text(), train.value("sex", i).text(), diagnosis));
      assertThat(train.value("caption", i).text().lines())
          .hasSize(4)
          .startsWith(train.value("text", i).text());
    }
  }

  @Test
  void patientsHaveOneToThreeFilmsOfOneTextInOneSplit() {
    Dataset data =
        open("train-size", "400", "validation-size", "50", "test-size", "50", "size", "32");
    Map<String, Set<String>> splits = new HashMap<>();
    Map<String, Set<String>> words = new HashMap<>();
    Map<String, Integer> films = new HashMap<>();
    data.splits()
        .forEach(
            (name, split) -> {
              for (int i = 0; i < split.size(); i++) {
                String patient = split.value("patient", i).text();
                splits.computeIfAbsent(patient, p -> new HashSet<>()).add(name);
                words
                    .computeIfAbsent(patient, p -> new HashSet<>())
                    .add(split.value("text", i).text());
                films.merge(patient, 1, Integer::sum);
                assertThat(PatientSplit.of(patient)).isEqualTo(name);
              }
            });
    assertThat(splits.values()).allMatch(own -> own.size() == 1);
    assertThat(words.values()).allMatch(own -> own.size() == 1);
    assertThat(new HashSet<>(films.values())).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(new HashSet<>(texts(data.train(), "text"))).hasSizeGreaterThan(40);
  }

  @Test
  void theSeedFixesEverythingAndSizesDoNotMatter() {
    for (String variant : List.of("solvable", "bounded")) {
      Dataset one = small("seed", "5", "variant", variant);
      Dataset more = small("seed", "5", "variant", variant, "train-size", "55", "test-size", "3");
      for (int i = 0; i < 40; i++) {
        assertThat(Bytes.image(more.train(), i)).isEqualTo(Bytes.image(one.train(), i));
      }
      assertThat(texts(more.train(), "text"))
          .startsWith(texts(one.train(), "text").toArray(String[]::new));
      assertThat(texts(more.split("validation"), "patient"))
          .isEqualTo(texts(one.split("validation"), "patient"));
      assertThat(texts(small("seed", "6").train(), "text"))
          .isNotEqualTo(texts(one.train(), "text"));
    }
    Set<String> prints = new HashSet<>();
    for (Dataset data :
        List.of(small(), small("seed", "1"), small("size", "40"), small("variant", "bounded"))) {
      assertThat(prints.add(data.fingerprint())).isTrue();
    }
    assertThat(small().fingerprint()).isEqualTo(small().fingerprint());
  }

  @Test
  void filmsAreGreyAndAllDiffer() {
    Set<String> seen = new HashSet<>();
    Split train = small().train();
    for (int i = 0; i < train.size(); i++) {
      byte[] image = Bytes.image(train, i);
      for (int p = 0; p < image.length; p += 3) {
        assertThat(image[p + 1]).isEqualTo(image[p]);
        assertThat(image[p + 2]).isEqualTo(image[p]);
      }
      assertThat(seen.add(new Fingerprint().add("", image).hex())).isTrue();
    }
  }

  @Test
  void marksTellAgeAndSexOnlyWhereTheyAreTied() {
    for (long patient = 0; patient < 300; patient++) {
      for (DentalFilm film : new DentalPatients(2, true).films(patient)) {
        assertThat(film.fillings()).isEqualTo(film.age().ordinal() - 1);
        assertThat(film.dot()).isEqualTo(film.female());
      }
    }
    double[][] ages = new double[4][4];
    double[][] sexes = new double[2][2];
    int films = 0;
    for (long patient = 0; patient < 6000; patient++) {
      for (DentalFilm film : new DentalPatients(2, false).films(patient)) {
        ages[film.age().ordinal() - 1][film.fillings()]++;
        sexes[film.female() ? 1 : 0][film.dot() ? 1 : 0]++;
        films++;
      }
    }
    for (double[] row : ages) {
      for (double count : row) {
        assertThat(count / films).isCloseTo(1 / 16.0, within(.012));
      }
    }
    for (double[] row : sexes) {
      for (double count : row) {
        assertThat(count / films).isCloseTo(.25, within(.02));
      }
    }
  }

  /** Only the stage and the marks may reach the pixels: two bounded films that share them agree. */
  @Test
  void nothingElseOfTheTextReachesTheImage() {
    DentalFilm one = new DentalFilm(9, 1, DentalStage.STAGE_2, AgeGroup.ADULT, true, 2, false);
    DentalFilm other =
        new DentalFilm(9, 1, DentalStage.STAGE_2, AgeGroup.OLDER_ADULT, false, 2, false);
    assertThat(DentalRenderer.draw(3, other, 48)).isEqualTo(DentalRenderer.draw(3, one, 48));
    DentalFilm marked = new DentalFilm(9, 1, DentalStage.STAGE_2, AgeGroup.ADULT, true, 2, true);
    assertThat(DentalRenderer.draw(3, marked, 48)).isNotEqualTo(DentalRenderer.draw(3, one, 48));
  }

  /** The crest never leaves the range of its stage, and the ranges lie apart. */
  @Test
  void theBoneStandsAsLowAsTheStageSays() {
    double before = 0;
    for (DentalStage stage : DentalStage.values()) {
      assertThat(stage.least()).isLessThan(stage.most());
      if (stage != DentalStage.HEALTHY && stage != DentalStage.GINGIVITIS) {
        assertThat(stage.least()).isGreaterThan(before + .03);
      }
      before = stage.most();
      for (int i = 0; i < 200; i++) {
        DentalFilm film = new DentalFilm(i, 0, stage, AgeGroup.ADULT, true, 3, true);
        Jaw jaw = Jaw.of(film, new Dice(1, i));
        assertThat(jaw.sharp()).isEqualTo(stage == DentalStage.HEALTHY);
        assertThat(jaw.teeth()).hasSize(stage == DentalStage.STAGE_4 ? 5 : 6);
        assertThat(jaw.teeth().stream().filter(Tooth::filled)).hasSize(3);
        for (int k = 1; k < jaw.crest().length; k += 2) {
          // Roots are 0.92 to 1.08 long, each tooth within 3 % of that.
          double loss = jaw.crest()[k] - jaw.teeth().get(0).neck();
          assertThat(loss).isBetween(.92 * stage.least() - 1e-9, 1.08 * stage.most() + 1e-9);
        }
      }
    }
    assertThat(DentalStage.STAGE_1.most()).isLessThan(.15);
    assertThat(DentalStage.STAGE_2.least()).isGreaterThan(.15);
    assertThat(DentalStage.STAGE_2.most()).isLessThan(.33);
    assertThat(DentalStage.STAGE_3.least()).isGreaterThan(.33);
  }

  /** A search that is told the stage of each image, and no more, scores at the bound. */
  @ParameterizedTest
  @EnumSource(Relevance.class)
  void theBoundIsReachedByKnowingTheStage(Relevance relevance) {
    Split test = small("variant", "bounded", "test-size", "120", "train-size", "1").split("test");
    List<String> texts = texts(test, "text");
    List<String> stages = texts(test, "diagnosis");
    RetrievalBound bound = RetrievalBound.of(texts, stages, relevance);
    Random random = new Random(8);
    int n = texts.size();
    double reciprocal = 0;
    double hit = 0;
    int rounds = 300;
    for (int round = 0; round < rounds; round++) {
      float[] order = new float[n];
      for (int i = 0; i < n; i++) {
        order[i] = random.nextFloat();
      }
      float[] scores = new float[n * n];
      for (int q = 0; q < n; q++) {
        for (int i = 0; i < n; i++) {
          scores[q * n + i] = order[i] + (stages.get(q).equals(stages.get(i)) ? 2 : 0);
        }
      }
      RetrievalRanks ranks = RetrievalRanks.of(new Matrix(n, n, scores), relevance.of(texts));
      reciprocal += ranks.meanReciprocalRank() / rounds;
      hit += ranks.hitAt(3) / rounds;
    }
    assertThat(reciprocal).isCloseTo(bound.meanReciprocalRank(), within(.01));
    assertThat(hit).isCloseTo(bound.hitAt(3), within(.015));
    assertThat(bound.meanReciprocalRank()).isLessThan(.7);
  }

  @Test
  void aPathIsAMistake() {
    assertThatThrownBy(() -> new Dental().open(Requests.of(Path.of("/data"))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "dental: the films are generated, not read from /data; leave the path away: --data"
                + " dental");
  }

  /** Six films of each diagnosis, a column each, to judge by eye. */
  @Test
  void contactSheet() throws IOException {
    int side = 160;
    Split train = small("train-size", "200", "size", Integer.toString(side)).train();
    Map<Integer, Integer> shown = new TreeMap<>();
    BufferedImage sheet =
        new BufferedImage(6 * (side + 4), 6 * (side + 4), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < train.size(); i++) {
      int stage = Bytes.label(train, i);
      int row = shown.merge(stage, 1, Integer::sum) - 1;
      byte[] image = Bytes.image(train, i);
      for (int p = 0; row < 6 && p < side * side; p++) {
        int grey = image[3 * p] & 0xFF;
        sheet.setRGB(
            stage * (side + 4) + p % side,
            row * (side + 4) + p / side,
            grey << 16 | grey << 8 | grey);
      }
    }
    assertThat(shown.values()).hasSize(6).allMatch(count -> count >= 6);
    Path file = Path.of("target", "dental.png");
    Files.createDirectories(file.getParent());
    assertThat(ImageIO.write(sheet, "png", file.toFile())).isTrue();
  }
}
