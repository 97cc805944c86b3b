package juxta.plugin.datasets.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Drawn;
import juxta.plugin.datasets.Requests;
import juxta.plugin.datasets.instance.Instances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackingTest {
  @TempDir Path cache;

  private List<Path> files() {
    try (Stream<Path> all = Files.walk(cache.resolve("packed"))) {
      return all.filter(f -> f.toString().endsWith(".shard")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void folderOfImagesAreTheSamePackedOrNot(@TempDir Path root) {
    for (int i = 0; i < 20; i++) {
      Drawn.png(root.resolve(i % 2 == 0 ? "ant" : "bee").resolve(i + ".png"), 9 + i % 3, 8, i);
    }
    Dataset plain = new ImageFolder().open(Requests.cached(root, cache, "side", "5"));
    for (int time = 0; time < 2; time++) {
      Dataset packed =
          new ImageFolder().open(Requests.cached(root, cache, "side", "5", "cache", "packed"));
      assertThat(packed.fingerprint()).isEqualTo(plain.fingerprint());
      for (String split : List.of("train", "test")) {
        for (int i = 0; i < plain.split(split).size(); i++) {
          assertThat(
                  Arrays.equals(
                      Bytes.image(packed.split(split), i), Bytes.image(plain.split(split), i)))
              .isTrue();
        }
      }
    }
    new ImageFolder()
        .open(Requests.cached(root, cache, "side", "5", "cache", "packed", "split-seed", "3"));
    assertThat(files()).hasSize(1); // whatever the splits
  }

  @Test
  void photographsToTrainOnAreTheSamePackedOrNot(@TempDir Path root) {
    for (int i = 0; i < 12; i++) {
      Drawn.png(root.resolve("thing" + i % 4).resolve(i + ".png"), 19 + i % 3, 18, i);
    }
    List<String> settings = List.of("size", "16", "layout", "folders", "cache");
    List<Dataset> both =
        Stream.of("none", "packed")
            .map(
                kept -> {
                  List<String> all = new ArrayList<>(settings);
                  all.add(kept);
                  return new Instances()
                      .open(Requests.cached(root, cache, all.toArray(String[]::new)));
                })
            .toList();
    assertThat(both.get(1).fingerprint()).isEqualTo(both.get(0).fingerprint());
    for (int i = 0; i < both.get(0).train().size(); i++) {
      assertThat(Bytes.image(both.get(1).train(), i))
          .isEqualTo(Bytes.image(both.get(0).train(), i));
    }
    assertThat(files()).hasSize(1);
  }
}
