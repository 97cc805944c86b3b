package juxta.launcher.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FacetsTest {
  private static List<Facets> of(boolean labelSaysTheSame) {
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String diagnosis = "stage " + i % 4;
      Map<String, String> fields = new TreeMap<>();
      fields.put("text", "text " + i % 2);
      fields.put("label", labelSaysTheSame ? diagnosis : "class " + i % 3);
      fields.put("diagnosis", diagnosis);
      fields.put("patient", "p" + i / 2);
      fields.put("scanner", "one");
      cards.add(new Card("id" + i, i < 12 ? "train" : "test", i, fields));
    }
    return Facets.of(cards);
  }

  @Test
  void fieldsWithFewValuesThatImagesShare() {
    assertThat(of(false)).extracting(Facets::field).containsExactly("diagnosis", "split", "label");
    assertThat(of(false).get(1).counts())
        .containsExactly(Map.entry("test", 4), Map.entry("train", 12));
  }

  @Test
  void aClassThatSaysWhatAnotherFieldSaysIsLeftOut() {
    assertThat(of(true)).extracting(Facets::field).containsExactly("diagnosis", "split");
  }

  @Test
  void longListsAreNone() {
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      cards.add(new Card("id" + i, "train", i, Map.of("city", "c" + i % 61, "sex", "s" + i % 2)));
    }
    assertThat(Facets.of(cards)).extracting(Facets::field).containsExactly("sex");
  }
}
