package juxta.plugin.medcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassMapTest {
  private static final int[] LABELS = {0, 0, 1, 1};

  @Test
  void exchangedNumbersAreMappedBack() {
    ClassMap map = ClassMap.of(new int[] {1, 1, 0, 0}, LABELS, 2, 2);
    assertThat(map.classes()).containsExactly(1, 0);
    assertThat(map.accuracy()).isEqualTo(1);
  }

  @Test
  void aClusterAnImageIsAlwaysRightOnItsOwnImages() {
    assertThat(ClassMap.of(new int[] {0, 1, 2, 3}, LABELS, 4, 2).accuracy()).isEqualTo(1);
  }

  @Test
  void oneClusterIsAsRightAsTheMajority() {
    assertThat(ClassMap.of(new int[4], LABELS, 3, 2).accuracy()).isEqualTo(0.5);
    assertThat(ClassMap.of(new int[4], new int[] {1, 1, 0, 1}, 1, 2).accuracy()).isEqualTo(0.75);
  }

  @Test
  void clustersWithoutMembersTakeTheClassOfMostClusters() {
    // class 1 has most images, class 0 most clusters
    int[] clusters = {0, 1, 2, 2, 2, 2};
    ClassMap map = ClassMap.of(clusters, new int[] {0, 0, 1, 1, 1, 1}, 5, 2);
    assertThat(map.classes()).containsExactly(0, 0, 1, 0, 0);
  }

  @Test
  void imagesWithoutALabelDoNotCount() {
    ClassMap map = ClassMap.of(new int[] {0, 0, 0}, new int[] {-1, -1, 1}, 1, 2);
    assertThat(map.classes()).containsExactly(1);
    assertThat(map.accuracy()).isEqualTo(1);
    assertThat(ClassMap.of(new int[1], new int[] {-1}, 1, 2).accuracy()).isZero();
  }

  @Test
  void otherNamesOfTheClassesGiveTheSameMapInOtherNames() {
    Random random = new Random(8);
    int[] renamed = {2, 0, 1};
    for (int trial = 0; trial < 20; trial++) {
      // odd numbers of images and two classes at a time: no ties, which names would decide
      int[] clusters = random.ints(33, 0, 3).toArray();
      int[] labels = new int[33];
      int[] others = new int[33];
      for (int i = 0; i < labels.length; i++) {
        labels[i] =
            clusters[i] == 0 || random.nextInt(3) == 0 ? clusters[i] : (clusters[i] + 1) % 3;
        others[i] = renamed[labels[i]];
      }
      ClassMap map = ClassMap.of(clusters, labels, 3, 3);
      ClassMap other = ClassMap.of(clusters, others, 3, 3);
      assertThat(other.accuracy()).isEqualTo(map.accuracy());
    }
  }
}
