package juxta.plugin.datasets.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Drawn;
import juxta.plugin.datasets.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstancesTest {
  @TempDir Path folder;

  private Dataset open(String... settings) {
    return new Instances().open(Requests.of(folder, settings));
  }

  private static List<String> files(Dataset data, String split) {
    Split own = data.split(split);
    return IntStream.range(0, own.size()).mapToObj(i -> own.value("file", i).text()).toList();
  }

  private static Set<Integer> instances(Dataset data, String split) {
    Split own = data.split(split);
    return new TreeSet<>(
        IntStream.range(0, own.size())
            .map(i -> own.value("instance", i).number())
            .boxed()
            .toList());
  }

  private void names(int instances, int views) {
    for (int o = 0; o < instances; o++) {
      for (int v = 0; v < views; v++) {
        Drawn.png(folder.resolve("obj" + o + "__" + v + ".png"), 6, 4, 10 * o + v);
      }
    }
  }

  @Test
  void namesBeginWithTheInstance() {
    names(4, 3);
    Drawn.png(folder.resolve("street.png"), 5, 5, 200);
    Dataset data = open("held-out", "0.5", "size", "8");
    assertThat(data.train().size()).isEqualTo(6);
    assertThat(data.split("test").size()).isEqualTo(7);
    assertThat(instances(data, "test")).contains(-1).hasSize(3);
    Set<Integer> both = new TreeSet<>(instances(data, "test"));
    both.retainAll(instances(data, "train"));
    assertThat(both).isEmpty(); // nothing is trained on what is searched
    assertThat(data.splits()).doesNotContainKey("query");
    assertThat(data.train().field("image").shape()).containsExactly(8L, 8L, 3L);
    assertThat(data.split("test").field("image").shape()).containsExactly(-1L, -1L, 3L);
  }

  @Test
  void whatIsTrainedOnCanBeScoredAndTheOtherWayRound() {
    names(4, 3);
    Dataset parted = open("held-out", "0.5", "size", "8");
    Dataset trained = open("held-out", "0", "size", "8");
    Dataset scored = open("held-out", "1", "size", "8");
    for (String name : List.of("train", "test")) {
      Split square = parted.readAs(name, "train").orElseThrow();
      Split whole = parted.readAs(name, "test").orElseThrow();
      assertThat(square.fields()).isEqualTo(trained.train().fields());
      assertThat(whole.fields()).isEqualTo(scored.split("test").fields());
      List<String> files = files(parted, name);
      for (int i = 0; i < square.size(); i++) {
        int there = files(trained, "train").indexOf(files.get(i));
        assertThat(square.value("image", i)).isEqualTo(trained.train().value("image", there));
        assertThat(whole.value("image", i)).isEqualTo(scored.split("test").value("image", there));
        assertThat(whole.value("file", i).text()).isEqualTo(files.get(i));
      }
    }
  }

  @Test
  void testImagesKeepSizeAndProportions() {
    names(2, 2);
    Drawn.png(folder.resolve("obj0__9.png"), 40, 10, 0);
    Dataset data = open("held-out", "1", "longest", "20");
    List<List<Long>> sizes = new ArrayList<>();
    Split test = data.split("test");
    for (int i = 0; i < test.size(); i++) {
      Value value = test.value("image", i);
      assertThat(value.data().remaining())
          .isEqualTo(3 * value.shape().get(0).intValue() * value.shape().get(1).intValue());
      sizes.add(value.shape());
    }
    assertThat(sizes)
        .containsExactly(
            List.of(4L, 6L, 3L),
            List.of(4L, 6L, 3L),
            List.of(5L, 20L, 3L),
            List.of(4L, 6L, 3L),
            List.of(4L, 6L, 3L));
    // (red + x, 2 y, 50) at x = 1, y = 0 of the untouched ones
    assertThat(test.value("image", 1).data().get(3)).isEqualTo((byte) 2);
    // and what is trained on is nothing: one black image
    assertThat(data.train().size()).isEqualTo(1);
    assertThat(data.train().value("instance", 0).number()).isEqualTo(-1);
  }

  @Test
  void aFolderAnInstance() {
    for (int i = 0; i < 3; i++) {
      Drawn.png(folder.resolve("cup/" + i + ".png"), 4, 4, i);
      Drawn.png(folder.resolve("pan/" + i + ".png"), 4, 4, 50 + i);
      Drawn.png(folder.resolve("distractor/" + i + ".png"), 4, 4, 100 + i);
    }
    Dataset data = open("held-out", "1", "size", "8");
    assertThat(files(data, "test"))
        .containsExactly(
            "cup/0.png",
            "cup/1.png",
            "cup/2.png",
            "distractor/0.png",
            "distractor/1.png",
            "distractor/2.png",
            "pan/0.png",
            "pan/1.png",
            "pan/2.png");
    assertThat(instances(data, "test")).containsExactly(-1, 0, 1);
    assertThat(instances(open("held-out", "1", "distractor", "other", "size", "8"), "test"))
        .containsExactly(0, 1, 2);
  }

  private void table(String... rows) {
    Bytes.write(folder.resolve("index.csv"), String.join("\n", rows).getBytes());
  }

  @Test
  void aTableSaysWhatImagesAreFor() {
    List<String> rows = new ArrayList<>(List.of("file,instance,group,role"));
    for (String name : List.of("milk", "juice")) {
      for (int i = 0; i < 4; i++) {
        Drawn.png(folder.resolve("images/" + name + i + ".png"), 4, 4, i);
        rows.add(
            "images/%s%d.png,%s,drinks,%s".formatted(name, i, name, i == 0 ? "query" : "gallery"));
      }
      Drawn.png(folder.resolve("iconic/" + name + ".png"), 4, 4, 9);
      rows.add("iconic/%s.png,%s,drinks,iconic".formatted(name, name));
    }
    Drawn.png(folder.resolve("images/d.png"), 4, 4, 77);
    rows.add("images/d.png,distractor,distractor,gallery");
    table(rows.toArray(String[]::new));
    Dataset data = open("held-out", "1", "size", "8");
    assertThat(files(data, "query")).containsExactly("images/milk0.png", "images/juice0.png");
    assertThat(data.split("test").size()).isEqualTo(7);
    assertThat(open("held-out", "1", "iconic", "query").split("query").size()).isEqualTo(4);
    assertThat(open("held-out", "1", "iconic", "gallery").split("test").size()).isEqualTo(9);
    Dataset half = open("held-out", "0.5", "size", "8");
    assertThat(half.train().size()).isEqualTo(4); // of one product, query and gallery
    assertThat(half.split("query").size()).isEqualTo(1);
    assertThat(half.split("test").size()).isEqualTo(4); // the other product and the distractor
  }

  @Test
  void anInstancesLotDoesNotHangOnTheRunOrTheFolder() {
    names(12, 2);
    List<String> first = files(open("held-out", "0.5"), "test");
    assertThat(files(open("held-out", "0.5"), "test")).isEqualTo(first);
    assertThat(files(open("held-out", "0.5", "split-seed", "1"), "test")).isNotEqualTo(first);
    assertThat(open("held-out", "0.5").fingerprint())
        .isEqualTo(open("held-out", "0.5").fingerprint())
        .isNotEqualTo(open("held-out", "0.25").fingerprint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.png,a,query",
        "/etc/passwd,a,query",
        "images/../../x.png,a,query",
        ",a,query",
        "a.png,a,judge",
        "a\u0000.png,a,query"
      })
  void rowsThatLeadAstrayAreRefused(String row) {
    Drawn.png(folder.resolve("a.png"), 4, 4, 0);
    table("file,instance,role", "a.png,a,gallery", row);
    assertThatThrownBy(() -> open())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("index.csv, line 3: ");
  }

  @Test
  void mistakesNameTheirPlace() {
    table("name,thing", "a.png,b");
    assertThatThrownBy(() -> open()).hasMessageContaining("line 1: has no column 'file'");
    table("file,instance", "absent.png,b");
    assertThatThrownBy(() -> open())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("absent.png: cannot be read");
    Bytes.write(folder.resolve("absent.png"), Bytes.random(100, 1));
    assertThatThrownBy(() -> open()).hasMessageContaining("absent.png: is no readable image");
    table("file,instance", "absent.png,distractor");
    assertThatThrownBy(() -> open()).hasMessageContaining("holds no image of an instance");
    assertThatThrownBy(() -> new Instances().open(Requests.of(folder.resolve("nowhere"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no folder");
  }
}
