package juxta.launcher.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import juxta.api.DataKind;
import juxta.api.UserException;
import juxta.engine.train.Monitor;
import juxta.picture.GreyWindow;
import juxta.picture.Picture;
import juxta.toolkit.picture.Canvas;
import juxta.toolkit.picture.PictureValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearcherTest {
  private static final List<String> NONE = List.of();

  @TempDir private Path folder;
  private Gallery gallery;
  private Searcher searcher;

  @BeforeEach
  void withTexts() {
    open(new FakeEmbedder("fake", true), Films.of(Films.range(0, 40), Films.range(40, 56)));
  }

  private void open(FakeEmbedder embedder, Films films) {
    Path place = folder.resolve(films.kind().name());
    gallery =
        new Indexing(embedder, films, NONE, place, Monitor.SILENT, line -> {})
            .open(Optional.empty());
    searcher = new Searcher(embedder, gallery, films);
  }

  @AfterEach
  void close() {
    gallery.close();
  }

  @Test
  void aTextFindsImagesWithThatText() {
    Answer answer = searcher.text(Films.text(6).toUpperCase(java.util.Locale.ROOT), 7, Where.ANY);
    assertThat(answer.candidates()).isEqualTo(56);
    assertThat(answer.results())
        .hasSize(7)
        .allMatch(r -> r.found().card().text().equals(Films.text(6)))
        .allMatch(r -> r.match().equals(Optional.of("same description")));
    assertThat(searcher.text("young", 1, Where.ANY).results().get(0).match()).isEmpty();
  }

  @Test
  void emptyAndUnknownTextsAreAnsweredInWords() {
    for (String query : List.of("", "   ", "zzz qqq", "x".repeat(2001))) {
      assertThatThrownBy(() -> searcher.text(query, 3, Where.ANY))
          .isInstanceOf(UserException.class);
    }
  }

  @Test
  void conditions() {
    Where where = Where.of(List.of("sex=male", "split=test"), gallery.cards());
    Answer answer = searcher.text("female", 20, where);
    assertThat(answer.candidates()).isEqualTo(8);
    assertThat(answer.results())
        .hasSize(8)
        .allMatch(r -> r.found().card().value("sex").equals("male"));
    assertThatThrownBy(() -> Where.of(List.of("sx=male", "sex=mal", "sex"), gallery.cards()))
        .isInstanceOf(UserException.class)
        .satisfies(e -> assertThat(((UserException) e).problems()).hasSize(3))
        .hasMessageContaining("did you mean 'sex'")
        .hasMessageContaining("did you mean 'male'");
    Where either = Where.of(List.of("sex=male", "sex=female"), gallery.cards());
    assertThat(searcher.text("female", 1, either).candidates()).isEqualTo(56);
  }

  @Test
  void likeAnImageNeverFindsItself() {
    Card card = gallery.cards().get(11);
    Answer answer = searcher.like(card.id(), 6, Where.ANY).orElseThrow();
    assertThat(answer.results()).hasSize(6).noneMatch(r -> r.found().card().id().equals(card.id()));
    assertThat(answer.results().get(0).match()).contains("same description");
    assertThat(searcher.like("0".repeat(32), 3, Where.ANY)).isEmpty();
  }

  @Test
  void aPictureFindsItself() {
    byte[] file = Canvas.png(PictureValues.picture(Films.image(13, 6)));
    Answer answer = searcher.picture(file, 3, Where.ANY);
    assertThat(answer.results().get(0).found().card().row()).isEqualTo(13);
    assertThat(answer.results().get(0).match()).contains("same picture");
    assertThat(
            searcher
                .picture(Canvas.png(PictureValues.picture(Films.image(13, 30))), 1, Where.ANY)
                .results())
        .as("another size is brought to that of the images")
        .allMatch(r -> r.match().equals(Optional.of("same picture")));
  }

  @Test
  void howManyResultsOneMayAskFor() {
    assertThat(searcher.text("male", 20, Where.ANY).results()).hasSize(20);
    for (int k : new int[] {-1, 0, 21}) {
      assertThatThrownBy(() -> searcher.text("male", k, Where.ANY))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("1 to 20");
    }
  }

  @Test
  void aTrialTakesATestTextAndSaysTheRankOfItsImage() {
    Random random = new Random(5);
    for (int i = 0; i < 10; i++) {
      Answer.Trial trial = searcher.trial(20, Where.ANY, random).orElseThrow();
      assertThat(trial.card().split()).isEqualTo("test");
      assertThat(trial.kindRank()).isEqualTo(1);
      double own =
          trial.answer().results().stream()
              .filter(r -> r.match().equals(Optional.of("the text's own image")))
              .mapToDouble(r -> r.found().rank())
              .findFirst()
              .orElseThrow();
      assertThat(trial.rank()).isEqualTo(own);
    }
  }

  @Test
  void imagesWithoutTexts() {
    gallery.close();
    FakeEmbedder embedder = new FakeEmbedder("fake", false);
    open(embedder, Films.of(DataKind.IMAGES, 6, Films.range(0, 20), Films.range(20, 30)));
    assertThat(searcher.takesText()).isFalse();
    Answer.Trial trial = searcher.trial(5, Where.ANY, new Random(2)).orElseThrow();
    assertThat(trial.answer().results()).hasSize(5);
    assertThat(trial.answer().candidates()).isEqualTo(29);
    assertThat(trial.rank()).isGreaterThanOrEqualTo(1);
    assertThat(trial.answer().results()).anyMatch(r -> r.match().isPresent());
  }

  @Test
  void picturesOfImages() {
    String id = gallery.cards().get(3).id();
    Picture shown =
        Picture.of(new QueryPicture().decode(searcher.png(id, 100).orElseThrow()), GreyWindow.FULL);
    assertThat(shown.rgb()).isEqualTo(PictureValues.picture(Films.image(3, 6)).rgb());
    assertThat(searcher.png("0".repeat(32), 100)).isEmpty();
  }
}
