package juxta.plugin.datasets.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import juxta.api.Dataset;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Drawn;
import juxta.plugin.datasets.Requests;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisitedTest {
  private static final String TRUTH =
      "{'imlist': ['a', 'b', 'c'], 'qimlist': ['q'],"
          + " 'gnd': [{'bbx': [1, 1.4, 3.6, 9], 'easy': [0], 'hard': [2], 'junk': []}]}";

  @TempDir Path folder;

  @BeforeEach
  void images() {
    for (String name : List.of("a", "b", "c", "q")) {
      Drawn.png(folder.resolve("jpg/" + name + ".png"), 6, 5, 10);
    }
  }

  private Dataset open(String truth, String... settings) {
    Bytes.write(folder.resolve("gnd.json"), truth.replace('\'', '"').getBytes());
    return new Revisited().open(Requests.of(folder, settings));
  }

  private static int[] list(Split queries, String name) {
    return Tensors.ints(queries.value(name, 0));
  }

  @Test
  void queriesAreCutOutAndComeWithLists() {
    Dataset data = open(TRUTH);
    assertThat(data.split("test").size()).isEqualTo(3);
    assertThat(data.split("test").value("file", 2).text()).isEqualTo("c");
    Split queries = data.split("query");
    assertThat(list(queries, "easy")).containsExactly(0);
    assertThat(list(queries, "hard")).containsExactly(2);
    assertThat(list(queries, "junk")).isEmpty();
    // the box, rounded to (1, 1) - (4, 9), ends at the picture's border
    Value image = queries.value("image", 0);
    assertThat(image.shape()).containsExactly(4L, 3L, 3L);
    assertThat(image.data().get(0)).isEqualTo((byte) 11); // (red + x, 2 y, 50) at (1, 1)
    assertThat(image.data().get(1)).isEqualTo((byte) 2);
    assertThat(data.train().size()).isEqualTo(1); // nothing to train on
  }

  @Test
  void classicListsHaveGoodAndOk() {
    Split queries =
        open("{'imlist': ['a', 'b', 'c'], 'qimlist': ['q'], 'gnd': [{'good': [1], 'ok': [0]}]}")
            .split("query");
    assertThat(list(queries, "ok")).containsExactlyInAnyOrder(0, 1);
    assertThat(list(queries, "junk")).isEmpty();
    assertThat(queries.value("image", 0).shape()).containsExactly(5L, 6L, 3L);
    assertThat(queries.has("easy")).isFalse();
  }

  /** As Python 2 wrote the published files: protocol 2, texts as bytes. */
  @Test
  void picklesAreReadAsData() {
    String pickle =
        "\u0080\u0002}(U\u0006imlist](U\u0001aU\u0001beU\u0007qimlist]U\u0001qa"
            + "U\u0003gnd]}(U\u0004easy]K\u0000aU\u0004hard]K\u0001aU\u0004junk]u"
            + "au.";
    Bytes.write(folder.resolve("gnd_x.pkl"), pickle.getBytes(StandardCharsets.ISO_8859_1));
    Split queries = new Revisited().open(Requests.of(folder)).split("query");
    assertThat(list(queries, "hard")).containsExactly(1);
    Bytes.write(
        folder.resolve("gnd_x.pkl"),
        "cposix\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> new Revisited().open(Requests.of(folder)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("gnd_x.pkl: at byte 0: ")
        .hasMessageContaining("which could run code");
  }

  @Test
  void trainingImagesAreOnesOwn() {
    Path own = folder.resolve("landmarks");
    for (int i = 0; i < 4; i++) {
      Drawn.png(own.resolve((i % 2 == 0 ? "tower/" : "bridge/") + i + ".png"), 9, 9, i);
    }
    Dataset data = open(TRUTH, "train", own.toString(), "size", "8");
    assertThat(data.train().size()).isEqualTo(4);
    assertThat(data.train().value("instance", 0).number()).isZero(); // bridge
    assertThatThrownBy(() -> open(TRUTH, "train", "/no/such/folder"))
        .hasMessageContaining("data.train: there is no folder /no/such/folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{'imlist': ['a'], 'qimlist': ['q'], 'gnd': []}",
        "{'imlist': 'a', 'qimlist': ['q'], 'gnd': [{}]}",
        "{'imlist': [1], 'qimlist': ['q'], 'gnd': [{}]}",
        "{'imlist': ['a'], 'qimlist': ['q'], 'gnd': [{'junk': []}]}",
        "{'imlist': ['a'], 'qimlist': ['q'], 'gnd': [{'ok': [1]}]}",
        "{'imlist': ['a'], 'qimlist': ['q'], 'gnd': [{'ok': [-1]}]}",
        "{'imlist': ['a'], 'qimlist': ['q'], 'gnd': [{'ok': [0.5]}]}",
        "{'imlist': ['a'], 'qimlist': ['q'], 'gnd': [{'ok': ['a']}]}",
        "{'imlist': ['a'], 'qimlist': ['q'], 'gnd': [{'easy': [0], 'junk': []}]}",
        "{'imlist': ['a'], 'qimlist': ['q'], 'gnd': [{'ok': [0], 'bbx': [1, 2, 3]}]}",
        "{'imlist': ['a'], 'qimlist': ['q'], 'gnd': [{'ok': [0], 'bbx': [3, 1, 3, 2]}]}",
        "{'imlist': ['a'], 'qimlist': ['q'], 'gnd': [{'ok': [0], 'bbx': [0, 0, 1e300, 2]}]}",
        "{'imlist': ['a'], 'qimlist': ['q'], 'gnd': [{'ok': [0], 'bbx': [70, 0, 90, 2]}]}",
        "{'imlist': ['../a'], 'qimlist': ['q'], 'gnd': [{'ok': [0]}]}",
        "{'imlist': ['/etc/passwd'], 'qimlist': ['q'], 'gnd': [{'ok': [0]}]}",
        "{'imlist': ['absent'], 'qimlist': ['q'], 'gnd': [{'ok': [0]}]}",
        "{'imlist': ['a'"
      })
  void groundTruthThatIsNoneIsRefused(String truth) {
    assertThatThrownBy(() -> open(truth))
        .isInstanceOf(UserException.class)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
        .hasMessageContaining(folder.toString());
  }

  @Test
  void severalFilesOfGroundTruthAreTooMany() {
    Bytes.write(folder.resolve("gnd_other.json"), "{}".getBytes());
    assertThatThrownBy(() -> open(TRUTH)).hasMessageContaining("holds 2 files of ground truth");
    assertThat(new Revisited().open(Requests.of(folder.resolve("gnd.json"))).split("query").size())
        .isEqualTo(1);
  }
}
