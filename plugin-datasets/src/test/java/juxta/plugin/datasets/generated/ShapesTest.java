package juxta.plugin.datasets.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Requests;
import org.junit.jupiter.api.Test;

class ShapesTest {
  private static Dataset open(String... settings) {
    return new Shapes().open(Requests.without(Path.of("unused"), settings));
  }

  private static Dataset small(String... more) {
    String[] settings = new String[4 + more.length];
    List<String> sizes = List.of("train-size", "60", "test-size", "30");
    IntStream.range(0, 4).forEach(i -> settings[i] = sizes.get(i));
    System.arraycopy(more, 0, settings, 4, more.length);
    return open(settings);
  }

  @Test
  void hasTheDocumentedFieldsAndSplits() {
    Dataset data = small("side", "24");
    assertThat(data.splits().keySet()).containsExactly("train", "test");
    assertThat(data.train().fields())
        .containsExactly(
            Field.of("image", FieldType.UINT8, 24, 24, 3),
            Field.of("label", FieldType.INT32),
            Field.of("instance", FieldType.INT32),
            Field.of("mask", FieldType.UINT8, 24, 24));
    assertThat(data.train().size()).isEqualTo(60);
    assertThat(data.split("test").size()).isEqualTo(30);
    assertThat(data.classes()).hasSize(10).startsWith("disc", "cross", "ring");
    assertThat(Bytes.image(data.train(), 59)).hasSize(24 * 24 * 3);
  }

  @Test
  void classesAreBalanced() {
    int[] counts = new int[10];
    Dataset data = small();
    for (int i = 0; i < 60; i++) {
      counts[Bytes.label(data.train(), i)]++;
    }
    assertThat(counts).containsOnly(6);
  }

  @Test
  void aRecordDependsOnNeitherTheNumberOfRecordsNorTheOrder() {
    Random random = new Random(1);
    for (int round = 0; round < 5; round++) {
      String seed = Integer.toString(random.nextInt());
      Dataset few = small("seed", seed, "side", "16");
      Dataset many = open("train-size", "90", "test-size", "1", "seed", seed, "side", "16");
      for (int i = 59; i >= 0; i -= 7) {
        assertThat(Bytes.image(many.train(), i)).isEqualTo(Bytes.image(few.train(), i));
        assertThat(Bytes.label(many.train(), i)).isEqualTo(Bytes.label(few.train(), i));
      }
    }
  }

  @Test
  void seedsAndRecordsDiffer() {
    Set<List<Byte>> seen = new HashSet<>();
    for (String seed : List.of("0", "1")) {
      Dataset data = small("seed", seed);
      for (Split split : data.splits().values()) {
        for (int i = 0; i < split.size(); i++) {
          byte[] image = Bytes.image(split, i);
          assertThat(seen.add(IntStream.range(0, 300).mapToObj(k -> image[k]).toList())).isTrue();
        }
      }
    }
  }

  @Test
  void testObjectsAreNotTrainingObjects() {
    Dataset data = small("instances", "20");
    Set<Integer> train = instances(data.train());
    Set<Integer> test = instances(data.split("test"));
    assertThat(train).hasSize(20).allMatch(id -> id < 20);
    assertThat(test).hasSize(10).allMatch(id -> id >= 20);
  }

  private static Set<Integer> instances(Split split) {
    Set<Integer> ids = new HashSet<>();
    for (int i = 0; i < split.size(); i++) {
      ids.add(split.value("instance", i).number());
    }
    return ids;
  }

  @Test
  void picturesOfOneObjectShareLabelAndSurface() {
    SceneMaker maker = new SceneMaker(3, 0, 10, 20);
    for (int i = 0; i < 20; i++) {
      Scene one = maker.scene(i);
      Scene other = maker.scene(i + 20);
      assertThat(one.object().texture()).isEqualTo(other.object().texture());
      assertThat(one.object().pose()).isNotEqualTo(other.object().pose());
      assertThat(one.background()).isNotEqualTo(other.background());
    }
  }

  /** Pictures of one object are alike, and all have the same ground. */
  @Test
  void withoutVarietyOnlyTheObjectIsLeft() {
    Dataset data = small("variety", "0", "instances", "20", "side", "16");
    for (int i = 0; i < 20; i++) {
      byte[] one = Bytes.image(data.train(), i);
      byte[] other = Bytes.image(data.train(), i + 20);
      for (int k = 0; k < one.length; k++) {
        assertThat(one[k] & 0xff).isCloseTo(other[k] & 0xff, within(60)); // noise is left
      }
      assertThat(one[0] & 0xff).isCloseTo(51, within(45));
    }
  }

  @Test
  void varietyIsASteadyMeasure() {
    double before = 0;
    for (String variety : List.of("0", "0.3", "0.6", "1")) {
      Dataset data = small("variety", variety, "instances", "20", "side", "16");
      double apart = 0;
      for (int i = 0; i < 20; i++) {
        byte[] one = Bytes.image(data.train(), i);
        byte[] other = Bytes.image(data.train(), i + 20);
        for (int k = 0; k < one.length; k++) {
          apart += Math.abs((one[k] & 0xff) - (other[k] & 0xff));
        }
      }
      assertThat(apart).as("variety " + variety).isGreaterThan(before);
      before = apart;
    }
  }

  @Test
  void fingerprintTellsSettingsApart() {
    String one = small().fingerprint();
    assertThat(one).hasSize(64).isEqualTo(small().fingerprint());
    assertThat(small("seed", "1").fingerprint()).isNotEqualTo(one);
    assertThat(small("side", "16").fingerprint()).isNotEqualTo(one);
    assertThat(small("variety", "0.5").fingerprint()).isNotEqualTo(one);
  }

  @Test
  void aPathOrTooFewInstancesAreMistakes() {
    assertThatThrownBy(() -> new Shapes().open(Requests.of(Path.of("/data"))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "shapes: the pictures are generated, not read from /data; leave the path away: --data shapes");
    assertThatThrownBy(() -> small("instances", "4"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("set instances to 10 or more, or classes to 4");
  }

  @Test
  void everySettingIsDocumented() {
    assertThat(new Shapes().settings())
        .allSatisfy(
            setting -> {
              assertThat(setting.description()).isNotBlank();
              assertThat(setting.source()).isNotBlank();
            });
  }

  @Test
  void recordsOutOfRangeAndUnknownFieldsAreRefused() {
    Split train = small().train();
    assertThatThrownBy(() -> train.value("image", 60))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> train.value("depth", 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no field 'depth'");
  }

  @Test
  void masksOfShapesShowTheObject() {
    Dataset data =
        new Shapes()
            .open(Requests.without(Path.of("unused"), "train-size", "40", "test-size", "20"));
    assertThat(data.maskClasses()).hasSize(11);
    assertThat(data.maskClasses().get(0).name()).isEqualTo("background");
    SceneMaker maker = new SceneMaker(0, 0, 10, 400);
    for (int i = 0; i < 40; i++) {
      byte[] mask = new byte[32 * 32];
      data.train().value(Field.MASK, i).data().get(mask);
      int object = 1 + Bytes.label(data.train(), i);
      assertThat(data.maskClasses().get(object).name()).isEqualTo(data.classes().get(object - 1));
      float[] cover = Renderer.mask(maker.scene(i), 32);
      long covered = IntStream.range(0, mask.length).filter(p -> mask[p] == object).count();
      double area = 0;
      for (int p = 0; p < mask.length; p++) {
        assertThat((int) mask[p]).isIn(0, object);
        assertThat(Math.abs((mask[p] == 0 ? 0 : 1) - cover[p])).isLessThanOrEqualTo(0.5f);
        area += cover[p];
      }
      assertThat(covered / area).isBetween(0.7, 1.3);
    }
  }
}
