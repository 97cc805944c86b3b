package juxta.toolkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightNamesTest {
  private static final List<String> WANTED =
      List.of("conv1.weight", "layer1.0.conv1.weight", "bn1.bias");

  private static Set<String> behind(String... beginnings) {
    Set<String> names = new HashSet<>(Set.of("fc.weight", "module.queue"));
    for (String beginning : beginnings) {
      WANTED.forEach(name -> names.add(beginning + name));
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "module.",
        "backbone.",
        "model.",
        "encoder.",
        "module.encoder_q.",
        "module.model.backbone.0."
      })
  void oneBeginningIsUnderstood(String beginning) {
    assertThat(WeightNames.of(behind(beginning), WANTED).beginning()).contains(beginning);
  }

  @Test
  void amongSeveralOnlyTheUsualOnesAre() {
    assertThat(WeightNames.of(behind("", "teacher."), WANTED).beginning()).contains("");
    assertThat(WeightNames.of(behind("encoder.", "momentum."), WANTED).beginning())
        .contains("encoder.");
    assertThat(WeightNames.of(behind("module.encoder_q.", "module.encoder_k."), WANTED).beginning())
        .contains("module.encoder_q.");
    WeightNames unclear = WeightNames.of(behind("student.", "teacher."), WANTED);
    assertThat(unclear.beginning()).isEmpty();
    assertThat(unclear.instead())
        .isEqualTo(
            "the file has them several times, under 'student.', 'teacher.'; keep one of these in a"
                + " file of its own");
  }

  @Test
  void incompleteOnesAreNotTaken() {
    Set<String> names = behind("module.");
    names.remove("module.bn1.bias");
    names.add("bn1.bias");
    WeightNames found = WeightNames.of(names, WANTED);
    assertThat(found.beginning()).isEmpty();
    assertThat(found.instead())
        .isEqualTo("the file has 'bn1.bias', 'fc.weight', 'module.conv1.weight' and 2 more");
    assertThat(WeightNames.of(Set.of(), WANTED).instead()).isEqualTo("the file has none at all");
  }
}
