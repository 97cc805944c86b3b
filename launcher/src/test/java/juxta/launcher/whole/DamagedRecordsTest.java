package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a run and of what was made of it that are not what was written: one line each. */
class DamagedRecordsTest {
  private static final String SETTINGS =
      " --data shapes --set data.side=16 --set data.train-size=32 --set data.test-size=16"
          + " --threads 1 --epochs 1";

  @TempDir private static Path root;
  private static Shell shell;
  private static RunFolder run;

  @BeforeAll
  static void train() {
    shell = Shell.in(root);
    Toy.addTo(shell);
    run = new RunFolder(root.resolve("run"));
    Outcome outcome = shell.run("train toy" + SETTINGS + " --out %s", run.path());
    assertThat(outcome.status()).as(outcome.err()).isZero();
  }

  private static String mistake(Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    String last = outcome.errLines().get(outcome.errLines().size() - 1);
    assertThat(outcome.errLines().stream().filter(line -> line.startsWith("juxta: ")))
        .containsExactly(last); // behind those that say what begins
    return last;
  }

  private static String resume() {
    return mistake(shell.run("train toy" + SETTINGS + " --resume --out %s", run.path()));
  }

  @Test
  void states() throws IOException {
    Path file = run.newest().resolve("state.json");
    String good = Files.readString(file);
    Files.writeString(file, good.replaceFirst("\"LINEAR\"", "\"LINNEAR\""));
    assertThat(resume()).contains(file.toString(), "the layout 'LINNEAR' for 'layer.weight'");
    Files.writeString(file, good.replace("\"format\" : 1", "\"format\" : 7"));
    assertThat(resume()).contains("its format is 7, and this version of Juxta reads format 1");
    Files.writeString(file, good);
  }

  @Test
  void recordsOfRuns() throws IOException {
    Path file = run.path().resolve("run.json");
    String good = Files.readString(file);
    for (String bad :
        new String[] {
          "",
          good.substring(0, 40) + "\nx",
          good.replace("\"format\" : 1", "\"format\" : 7"),
          good.replaceFirst("\"ranOn\" : [^\\]]*]", "\"ranOn\" : 1"),
        }) {
      Files.writeString(file, bad);
      assertThat(resume()).startsWith("juxta: " + file + ": cannot be read (");
      assertThat(mistake(shell.run("report %s", run.path()))).contains(file + ": cannot be read (");
      assertThat(mistake(shell.run("evaluate %s --evaluators knn", run.path())))
          .contains(file + ": cannot be read (");
    }
    Files.writeString(file, good);
  }

  @Test
  void recordsOfComparisonsAndTours() throws IOException {
    Path folder = Files.createDirectories(root.resolve("made"));
    for (String name : new String[] {"comparison.json", "tour.json"}) {
      Path file = folder.resolve(name);
      for (String bad : new String[] {"", "{", "[]", "{\"format\": 2}", "{\"runs\": []}"}) {
        Files.writeString(file, bad);
        assertThat(mistake(shell.run("report %s", folder)))
            .as(name + " " + bad)
            .startsWith("juxta: " + file + ": cannot be read (");
      }
      Files.delete(file);
    }
    Files.writeString(
        folder.resolve("tour.json"),
        "{\"format\": 1, \"title\": 5, \"lead\": \"\", \"stops\": [], \"problems\": []}");
    assertThat(mistake(shell.run("report %s", folder))).contains("'title' is not a text");
  }

  /** A character that no name can have, written where a path stands. */
  @Test
  void namesThatNoFileCanHave() throws IOException {
    Path config = Files.writeString(root.resolve("nul.yaml"), "data.cache: \"a\\0b\"\n");
    assertThat(mistake(shell.run("train simclr --data image-folder:a\u0000b")))
        .isEqualTo(
            "juxta: 'a\\u0000b' can be no name of a file (Nul character not allowed); correct it"
                + " where it is written");
    assertThat(mistake(shell.run("report a\u0000b"))).contains("can be no name of a file");
    assertThat(mistake(shell.run("train simclr --config a\u0000b"))).contains("can be no name");
    assertThat(shell.run("train simclr --config %s", config).status()).isEqualTo(2);
  }
}
