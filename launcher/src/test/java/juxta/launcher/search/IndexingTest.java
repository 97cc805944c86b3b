package juxta.launcher.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import juxta.api.DataKind;
import juxta.api.UserException;
import juxta.engine.run.FolderLock;
import juxta.engine.train.Monitor;
import juxta.toolkit.picture.Canvas;
import juxta.toolkit.picture.PictureValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexingTest {
  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();

  private Gallery open(FakeEmbedder embedder, Films films, String... kind) {
    return indexing(embedder, films, List.of()).open(Stream.of(kind).findFirst());
  }

  private Indexing indexing(FakeEmbedder embedder, Films films, List<String> splits) {
    return new Indexing(embedder, films, splits, folder, Monitor.SILENT, said::add);
  }

  private static FakeEmbedder model() {
    return new FakeEmbedder("fake-1", true);
  }

  @Test
  void anIndexThatAnotherMachineUpdatesIsLeftAlone() throws IOException {
    Path lock = folder.resolve(FolderLock.NAME);
    Files.writeString(lock, "{\"pid\":7,\"host\":\"elsewhere\",\"since\":0}");
    Films films = Films.of(Films.range(0, 3), Films.range(3, 4));
    assertThatThrownBy(() -> open(model(), films))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("in use by process 7 on elsewhere")
        .hasMessageEndingWith("delete " + lock);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "hnsw"})
  void findsWhatIsIndexedAndKeepsItForTheNextTime(String kind) {
    Films films = Films.of(Films.range(0, 150), Films.range(150, 170));
    FakeEmbedder embedder = model();
    try (Gallery gallery = open(embedder, films, kind)) {
      assertThat(embedder.embedded).hasValue(170);
      assertThat(gallery.cards()).hasSize(170);
      assertThat(gallery.kind()).isEqualTo(kind);
    }
    FakeEmbedder second = model();
    try (Gallery gallery = open(second, films)) { // the kind that is there
      assertThat(second.embedded).hasValue(0);
      assertThat(gallery.kind()).isEqualTo(kind);
      List<Gallery.Found> found = gallery.search(second.text(Films.text(5)), 4, card -> true);
      assertThat(found).hasSize(4);
      assertThat(found.get(0).card().text()).isEqualTo(Films.text(5));
      assertThat(found.get(0).score()).isBetween(0.9f, 1f);
      assertThat(found).extracting(Gallery.Found::rank).containsExactly(1, 2, 3, 4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "hnsw"})
  void embedsOnlyWhatIsNewAndForgetsWhatIsGone(String kind) {
    open(model(), Films.of(Films.range(0, 20), Films.range(20, 25)), kind).close();
    FakeEmbedder embedder = model();
    Films changed = Films.of(Films.range(3, 22), new int[] {0, 500, 501});
    try (Gallery gallery = open(embedder, changed, kind)) {
      assertThat(embedder.embedded).hasValue(2);
      assertThat(gallery.cards()).hasSize(22);
      // 0 was in train and is in test now
      Card moved = gallery.cards().get(19);
      assertThat(moved.split()).isEqualTo("test");
      List<Gallery.Found> all = gallery.search(embedder.text("female"), 20, card -> true);
      assertThat(all).hasSize(20).allMatch(f -> gallery.cards().contains(f.card()));
    }
  }

  @Test
  void otherWeightsOrAnotherKindMakeItAnew() throws IOException {
    Films films = Films.of(Films.range(0, 10), Films.range(10, 12));
    open(model(), films).close();
    List<String> first = vectorFolders();
    FakeEmbedder other = new FakeEmbedder("fake-2", true);
    open(other, films).close();
    assertThat(other.embedded).hasValue(12);
    assertThat(vectorFolders()).hasSize(1).doesNotContainAnyElementsOf(first);
    FakeEmbedder same = new FakeEmbedder("fake-2", true);
    open(same, films, "hnsw").close();
    assertThat(same.embedded).hasValue(12);
    assertThat(vectorFolders()).hasSize(1).allMatch(name -> name.contains("hnsw"));
  }

  private List<String> vectorFolders() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("vectors-"))
          .toList();
    }
  }

  @Test
  void aPictureThatIsThereTwiceIsFoundTwice() {
    FakeEmbedder embedder = model();
    try (Gallery gallery = open(embedder, Films.of(new int[] {4, 4, 4}, new int[] {4, 9}))) {
      assertThat(gallery.cards()).extracting(Card::id).doesNotHaveDuplicates();
      assertThat(gallery.search(embedder.text(Films.text(4)), 5, card -> true))
          .extracting(found -> found.card().row() + found.card().split())
          .startsWith("0train", "1train", "2train", "0test");
    }
  }

  @Test
  void onlySomeSplits() {
    Films films = Films.of(Films.range(0, 10), Films.range(10, 14));
    try (Gallery gallery = indexing(model(), films, List.of("test")).open(Optional.empty())) {
      assertThat(gallery.cards()).hasSize(4).allMatch(card -> card.split().equals("test"));
    }
    assertThatThrownBy(() -> indexing(model(), films, List.of("tset")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no split 'tset'");
  }

  @Test
  void anUpdateThatWasKilledLeavesTheIndexAsItWas() {
    Films small = Films.of(Films.range(0, 10), Films.range(10, 12));
    open(model(), small).close();
    Films large = Films.of(Films.range(0, 300), Films.range(300, 310));
    assertThatThrownBy(() -> open(model().failingAfter(128), large)).hasMessage("killed");
    FakeEmbedder embedder = model();
    try (Gallery gallery = open(embedder, small)) {
      assertThat(embedder.embedded).hasValue(0);
      assertThat(gallery.cards()).hasSize(12);
    }
    try (Gallery gallery = open(model(), large)) {
      assertThat(gallery.cards()).hasSize(310);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}\n", "nonsense", "{\"format\":1,\"vectors\":\"../../etc\"}\n"})
  void aDamagedListOfImagesIsMadeAnew(String content) throws IOException {
    Films films = Films.of(Films.range(0, 5), Films.range(5, 7));
    open(model(), films).close();
    Files.writeString(folder.resolve("cards.jsonl"), content);
    FakeEmbedder embedder = model();
    try (Gallery gallery = open(embedder, films)) {
      assertThat(embedder.embedded).hasValue(7);
      assertThat(gallery.search(embedder.text("male"), 3, card -> true)).hasSize(3);
    }
  }

  @Test
  void severalAtOnceDoNotDisturbEachOther() throws Exception {
    Films films = Films.of(Films.range(0, 200), Films.range(200, 210));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        FakeEmbedder embedder = new FakeEmbedder("fake-" + i % 2, true);
        work.add(
            () -> {
              Indexing indexing =
                  new Indexing(embedder, films, List.of(), folder, Monitor.SILENT, line -> {});
              try (Gallery gallery = indexing.open(Optional.empty())) {
                return gallery.search(embedder.text("female"), 20, card -> true).size();
              }
            });
      }
      for (var result : pool.invokeAll(work)) {
        assertThat(result.get()).isEqualTo(20);
      }
    } finally {
      pool.shutdownNow();
    }
    try (Gallery gallery = open(model(), films)) {
      assertThat(gallery.cards()).hasSize(210);
    }
  }

  @Test
  void imagesOfAnotherSizeThanTheModelTakesAreRefused() {
    Films films = Films.of(DataKind.IMAGES, 9, Films.range(0, 3), Films.range(3, 4));
    assertThatThrownBy(() -> open(model(), films))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("[9, 9, 3]")
        .hasMessageContaining("[6, 6, 3]");
  }

  @Test
  void imagesOfManySizesWhereTheModelTakesAnySize() {
    FakeEmbedder any = new FakeEmbedder("fake-1", false, -1);
    Films films = Films.of(DataKind.IMAGES, -1, Films.range(0, 90), Films.range(90, 95));
    try (Gallery gallery = open(any, films)) {
      assertThat(gallery.cards()).hasSize(95);
      byte[] file =
          Canvas.png(PictureValues.picture(Films.image(31, 11))); // no image has this size
      List<Answer.Result> found =
          new Searcher(any, gallery, films).picture(file, 9, Where.ANY).results();
      assertThat(found.get(0).found().card().row()).isEqualTo(31);
    }
  }

  @Test
  void cardsSayWhatIsKnown() {
    try (Gallery gallery = open(model(), Films.of(new int[] {5}, new int[] {6}))) {
      Card card = gallery.cards().get(0);
      assertThat(card.text()).isEqualTo(Films.text(5));
      assertThat(card.fields().keySet())
          .containsExactly("label", "text", "age-group", "sex", "diagnosis");
      assertThat(card.value("label")).isEqualTo("odd");
      assertThat(card.value(Card.SPLIT)).isEqualTo("train");
    }
  }
}
