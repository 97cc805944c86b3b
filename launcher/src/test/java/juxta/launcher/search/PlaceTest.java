package juxta.launcher.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlaceTest {
  private static final Path BASE = Path.of("runs", "a", "search", "x");

  @Test
  void modelsHavePlacesOfTheirOwn() {
    Place one = Place.of("exact", "m-1", BASE);
    assertThat(one.folder()).isEqualTo(BASE.resolve(one.name()));
    assertThat(one.name()).matches("vectors-exact-[0-9a-f]{12}");
    assertThat(Place.of("exact", "m-2", BASE).name()).isNotEqualTo(one.name());
    assertThat(Place.of("hnsw", "m-1", BASE).name()).isNotEqualTo(one.name());
  }

  @Test
  void tablesHaveNamesOfTheirOwnUnlessTheUserNamesOne() {
    Place plain = Place.of("jdbc:postgresql://host/db", "m-1", BASE);
    assertThat(plain.where()).isEqualTo("jdbc:postgresql://host/db?table=" + plain.name());
    assertThat(plain.name()).matches("juxta_[0-9a-f]{12}");
    Place user = Place.of("jdbc:postgresql://host/db?user=me", "m-1", BASE);
    assertThat(user.where()).endsWith("?user=me&table=" + user.name());
    Place named = Place.of("jdbc:postgresql://host/db?table=films&user=me", "m-1", BASE);
    assertThat(named.name()).isEqualTo("films");
    assertThat(named.where()).endsWith("?table=films&user=me");
  }
}
