package juxta.launcher.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import juxta.search.Indexes;
import juxta.search.VectorIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {
  private static final Predicate<Card> ALL = card -> true;

  @TempDir private Path folder;
  private Gallery gallery;

  /** Images at angles: number i of n has the cosine 1 - i / n with the query (1, 0). */
  private void fill(int n) {
    VectorIndex index = Indexes.open("exact", folder, 2);
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      String id = "id" + i;
      double cosine = 1 - (double) i / n;
      index.upsert(id, new float[] {(float) cosine, (float) Math.sqrt(1 - cosine * cosine)});
      cards.add(new Card(id, "test", i, Map.of("kind", i % 100 == 99 ? "rare" : "usual")));
    }
    gallery = new Gallery("exact", cards, index);
  }

  @AfterEach
  void close() {
    gallery.close();
  }

  private static final float[] QUERY = {1, 0};

  @Test
  void filtersLookAsFarAsTheyMust() {
    fill(1000);
    List<Gallery.Found> found = gallery.search(QUERY, 5, card -> card.value("kind").equals("rare"));
    assertThat(found).extracting(f -> f.card().row()).containsExactly(99, 199, 299, 399, 499);
    assertThat(found).extracting(Gallery.Found::rank).containsExactly(1, 2, 3, 4, 5);
    assertThat(gallery.search(QUERY, 20, card -> card.value("kind").equals("rare"))).hasSize(10);
    assertThat(gallery.search(QUERY, 5, card -> false)).isEmpty();
  }

  @Test
  void ranksOfImages() {
    fill(1000);
    for (int row : List.of(0, 1, 63, 64, 500, 999)) {
      assertThat(gallery.rank(QUERY, card -> card.row() == row, ALL)).contains(row + 1.0);
    }
    assertThat(gallery.rank(QUERY, card -> card.row() >= 70, ALL)).contains(71.0);
    assertThat(gallery.rank(QUERY, card -> card.row() == 299, c -> c.row() % 100 == 99))
        .contains(3.0);
    assertThat(gallery.rank(QUERY, card -> false, ALL)).isEmpty();
  }

  /** A model that gives all images one vector ranks by chance: 4 images, 1 right, rank 2.5. */
  @Test
  void halfOfThoseThatTieAreBefore() {
    VectorIndex index = Indexes.open("exact", folder, 2);
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      index.upsert("id" + i, new float[] {1, 1});
      cards.add(new Card("id" + i, "test", i, Map.of()));
    }
    gallery = new Gallery("exact", cards, index);
    for (int row = 0; row < 4; row++) {
      int right = row;
      assertThat(gallery.rank(QUERY, card -> card.row() == right, ALL)).contains(2.5);
    }
  }

  @Test
  void vectorsOfOthersInTheSameTableAreNotShown() {
    VectorIndex index = Indexes.open("exact", folder, 2);
    index.upsert("stranger", new float[] {1, 0});
    index.upsert("own", new float[] {0, 1});
    gallery = new Gallery("postgresql", List.of(new Card("own", "test", 0, Map.of())), index);
    assertThat(gallery.search(QUERY, 3, ALL))
        .extracting(found -> found.card().id())
        .containsExactly("own");
  }

  @Test
  void anEmptyGalleryFindsNothing() {
    gallery = new Gallery("exact", List.of(), Indexes.open("exact", folder, 2));
    assertThat(gallery.search(QUERY, 3, ALL)).isEmpty();
  }
}
