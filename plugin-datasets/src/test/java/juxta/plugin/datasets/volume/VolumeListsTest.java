package juxta.plugin.datasets.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeListsTest {
  @TempDir Path root;

  private static List<String> cases(int count) {
    return IntStream.range(0, count).mapToObj(i -> "case%03d".formatted(i)).toList();
  }

  @Test
  void theLastByNameAreHeldOutWhateverTheOrder() {
    List<String> mixed = new ArrayList<>(cases(10));
    Collections.shuffle(mixed, new Random(1));
    Map<String, List<String>> splits = VolumeLists.read(root, mixed, 0.2);
    assertThat(splits.keySet()).containsExactly("train", "test");
    assertThat(splits.get("train")).isEqualTo(cases(8));
    assertThat(splits.get("test")).containsExactly("case008", "case009");
  }

  @Test
  void sharesNeverTakeAllAndAtLeastOne() {
    for (int count = 1; count < 30; count++) {
      for (double share : new double[] {0.01, 0.2, 0.5, 0.9}) {
        Map<String, List<String>> splits = VolumeLists.read(root, cases(count), share);
        int test = splits.getOrDefault("test", List.of()).size();
        assertThat(splits.get("train")).hasSize(count - test).isNotEmpty();
        assertThat(test > 0).isEqualTo(count > 1);
      }
      assertThat(VolumeLists.read(root, cases(count), 0).keySet()).containsExactly("train");
    }
  }

  @Test
  void noPatientIsInTwoSplits() {
    Random random = new Random(2);
    for (int round = 0; round < 50; round++) {
      List<String> frames = new ArrayList<>();
      for (int patient = 0; patient < 2 + random.nextInt(12); patient++) {
        for (int frame = 0; frame < 1 + random.nextInt(4); frame++) {
          frames.add("p%02d_frame%02d".formatted(patient, frame));
        }
      }
      Map<String, List<String>> splits =
          VolumeLists.read(root, frames, 0.05 + 0.8 * random.nextDouble());
      Set<String> train = patients(splits.get("train"));
      assertThat(train).doesNotContainAnyElementsOf(patients(splits.get("test")));
      List<String> all = new ArrayList<>(splits.get("train"));
      all.addAll(splits.get("test"));
      assertThat(all).containsExactlyInAnyOrderElementsOf(frames);
    }
  }

  private static Set<String> patients(List<String> ids) {
    Set<String> patients = new HashSet<>();
    ids.forEach(id -> patients.add(id.substring(0, 3)));
    return patients;
  }

  @Test
  void listsKeepTheirOrderAndEndingsAreForgiven() {
    Scans.list(root.resolve("train.list"), "case003.h5", "  case001 ", "", "case002.nii.gz");
    Map<String, List<String>> splits = VolumeLists.read(root, cases(5), 0.5);
    assertThat(splits.keySet()).containsExactly("train");
    assertThat(splits.get("train")).containsExactly("case003", "case001", "case002");
  }

  @Test
  void manyAbsentCasesAreShortened() {
    Scans.list(
        root.resolve("train.list"),
        IntStream.range(0, 30).mapToObj(i -> "no" + i).toArray(String[]::new));
    assertThatThrownBy(() -> VolumeLists.read(root, cases(3), 0.2))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.problems()).hasSize(11).endsWith("and 20 more cases like these"));
  }

  @Test
  void listsThatAreNoTextAreMistakes() {
    Bytes.write(root.resolve("train.list"), Bytes.of(0xC3, 0x28, 0xFF, 0xFE, 10));
    assertThatThrownBy(() -> VolumeLists.read(root, cases(3), 0.2))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(root.resolve("train.list") + ": cannot be read");
  }
}
