package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The distribution under the locales of containers and of people: names beyond ASCII are what they
 * are, and numbers are written with the digits 0 to 9. The test's own process may name no such file
 * either, so a shell does it.
 */
@DisabledOnOs(OS.WINDOWS)
class LocalesTest {
  private static final int SIDE = 16;
  private static final String LITTLE =
      " --preset small --encoder conv-small --batch 6 --precision float32";

  @TempDir private static Path root;

  @BeforeAll
  static void install() throws IOException {
    Shell.in(root); // the plug-ins
    Path home = root.resolve("home");
    Libraries.collect(Files.createDirectories(home.resolve("lib")), true);
    Files.copy(
        Path.of("..", "distribution", "src", "main", "bin", "juxta"),
        Files.createDirectories(home.resolve("bin")).resolve("juxta"));
    Random random = new Random(1);
    for (String name : List.of("a", "o", "japan")) {
      Path folder = Files.createDirectories(root.resolve("data").resolve(name));
      for (int i = 0; i < 5; i++) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
          image.setRGB(pixel % SIDE, pixel / SIDE, random.nextInt());
        }
        ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
      }
    }
    String renamed = run("C", "", List.of("cd data", "mv a ä", "mv o ö", "mv japan 日本"));
    assertThat(renamed).isEqualTo("status 0\n");
  }

  /** Whatever deletes the folder does not come to the library that is linked there. */
  @AfterAll
  static void unlink() throws IOException {
    Libraries.unlink(root.resolve("home").resolve("lib"));
  }

  /**
   * Digits are Arabic's and Persian's own by the language that Java is told, as by a locale; most
   * machines have not one of these locales, so that their encoding is that of C.
   */
  @ParameterizedTest
  @CsvSource({
    "POSIX, en, US",
    "de_DE.UTF-8, de, DE",
    "tr_TR.UTF-8, tr, TR",
    "ar_EG.UTF-8, ar, EG",
    "fa_IR.UTF-8, fa, IR",
  })
  void trainsResumesScoresAndReports(String locale, String language, String country)
      throws IOException {
    String options = "-Duser.language=" + language + " -Duser.country=" + country;
    String train =
        "juxta train simclr --data image-folder:data --epochs 2 --checkpoint-every 1" + LITTLE;
    List<String> lines =
        List.of(
            "out=rüns/" + language,
            train + " --out $out",
            // as after a kill
            "rm -r \"$(ls -d $out/checkpoints/* | tail -n 1)\"",
            "sed -i.old 's/\"done\"/\"running\"/' $out/run.json",
            train + " --out $out --resume",
            "juxta evaluate $out --evaluators knn --set knn.k=1 --json >scores.json",
            "juxta report $out",
            "cp $out/run.json record.json",
            "ls $out/checkpoints");
    String said = run(locale, options, lines);
    assertThat(said)
        .contains("trained simclr; the run is in rüns/" + language)
        .contains("report: rüns/" + language + "/report.html")
        .endsWith("\nphase-01-step-000000000\nstatus 0\n");
    assertThat(said.lines().filter(line -> line.startsWith("trained simclr"))).hasSize(2);
    JsonNode record = RunFolder.json(root.resolve("record.json"));
    assertThat(record.get("records")).hasToString("{\"train\":12,\"test\":3}");
    assertThat(record.get("steps").asInt()).isEqualTo(4);
    assertThat(root.resolve("scores.json")).content().contains("\"accuracy\"");
  }

  /** Whoever starts Java without the script and without a locale is told what is wrong. */
  @Test
  void withoutTheScriptTheEncodingIsNamed() throws IOException {
    String java =
        "'"
            + System.getProperty("java.home")
            + "/bin/java' -XX:TieredStopAtLevel=1 -Djuxta.home=home --module-path home/lib"
            + " --add-modules ALL-MODULE-PATH --module juxta.launcher/juxta.launcher.Main";
    String remedy =
        "start Juxta by its script bin/juxta, or with LC_ALL=C.UTF-8 in the environment";
    assertThat(run("C", "", List.of(java + " train simclr --data image-folder:data")))
        .matches(
            "juxta: data/\\?+: has a name that is not of the encoding ANSI_X3.4-1968; "
                + remedy
                + "\nstatus 2\n");
    assertThat(run("C", "", List.of(java + " report rüns")))
        .matches(
            "juxta: 'r\\?+ns' has letters that the encoding of file names, ANSI_X3.4-1968, lacks; "
                + remedy
                + "\nstatus 2\n");
  }

  /**
   * Runs lines of a shell in the folder up to the first that fails; the last line is its status.
   */
  private static String run(String locale, String options, List<String> lines) throws IOException {
    Path script = Files.createTempFile(root, "lines", ".sh");
    Files.writeString(
        script,
        """
        juxta() { sh home/bin/juxta "$@"; }
        trap 'echo status $?' EXIT
        set -e
        %s
        """
            .formatted(String.join("\n", lines)));
    ProcessBuilder builder =
        new ProcessBuilder("sh", script.toString())
            .directory(root.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> key.matches("LC_.*|LANG|LANGUAGE|TF_CPP_.*"));
    environment.put("LC_ALL", locale);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JUXTA_CACHE", root.resolve("cache").toString());
    environment.put("JUXTA_JAVA_OPTIONS", "-Xmx512m -XX:TieredStopAtLevel=1 " + options);
    Process process = builder.start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
