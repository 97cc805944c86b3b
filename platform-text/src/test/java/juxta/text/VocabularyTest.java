package juxta.text;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  @Test
  void manyMistakesOfAKindAreCounted() {
    List<String> tokens = new ArrayList<>(Vocabulary.SPECIAL);
    for (int i = 0; i < 20; i++) {
      tokens.add("same" + i % 10);
    }
    assertThatThrownBy(() -> Vocabulary.of(tokens, "here"))
        .hasMessageContaining("'same4' (lines 9 and 19) and 5 more;")
        .hasMessageNotContaining("same5");
  }
}
