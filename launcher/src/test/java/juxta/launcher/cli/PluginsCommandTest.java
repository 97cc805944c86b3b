package juxta.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import juxta.launcher.plugins.PluginJars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginsCommandTest {
  @TempDir Path root;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aPluginIsInstalledShownUpdatedAndRemoved() throws IOException {
    Path jar = PluginJars.module("mine", "1.0").method("mine.Mine", "mine").writeTo(jar("mine-1"));
    assertThat(run("plugins", "install", jar.toString())).isEqualTo(2);
    assertThat(err())
        .containsExactly(
            "juxta plugins install: asks before it does anything, and there is no terminal to ask"
                + " on; add --yes");
    assertThat(root.resolve("plugins")).doesNotExist();

    assertThat(run("plugins", "install", jar.toString(), "--yes")).isZero();
    assertThat(out())
        .contains("plug-in   mine 1.0", "module    mine@1.0", "provides  method mine")
        .contains("from      " + jar, "licence   not stated", "checked   no checksum known")
        .anyMatch(line -> line.matches("file      mine\\.jar  \\d+ bytes"))
        .anyMatch(line -> line.matches(" +sha256 [0-9a-f]{64}"))
        .endsWith("installed mine 1.0: method mine");

    assertThat(run("plugins", "update", "--yes")).isZero();
    assertThat(out()).containsExactly("mine 1.0 is up to date");
    PluginJars.module("mine", "1.1").method("mine.Mine", "mine").writeTo(jar);
    assertThat(run("plugins", "update", "mine", "--yes")).isZero();
    assertThat(out())
        .startsWith("replaces  mine 1.0", "plug-in   mine 1.1")
        .anyMatch(line -> line.matches("file      mine\\.jar  \\d+ bytes  changed"))
        .endsWith("updated to mine 1.1: method mine");

    Files.delete(jar);
    assertThat(run("plugins", "update", "--yes")).isEqualTo(2);
    assertThat(err())
        .containsExactly("juxta: " + jar + ": is no longer there; install it from elsewhere");

    assertThat(run("plugins", "remove", "mine", "--yes")).isZero();
    assertThat(out()).contains("removes mine.jar").endsWith("removed mine.jar");
    assertThat(run("plugins")).isZero();
    assertThat(out()).isEmpty();
  }

  @Test
  void statesForPrograms() throws IOException {
    Path folder = root.resolve("plugins");
    Path changed =
        PluginJars.module("changed", "1").method("changed.Mine", "changed").writeTo(in("changed"));
    PluginJars.module("fine", "1.0")
        .method("fine.Mine", "fine")
        .manifest("Juxta-Api", "[0.1,9)")
        .writeTo(in("fine"));
    PluginJars.module("far", "1.0")
        .method("far.Mine", "far")
        .manifest("Juxta-Api", "[9,10)")
        .writeTo(in("far"));
    Files.writeString(folder.resolve("page.jar"), "<html>404</html>");
    run("plugins");
    PluginJars.module("changed", "2").method("changed.Mine", "changed").writeTo(changed);

    assertThat(run("plugins", "--json")).isZero();

    JsonNode all = new ObjectMapper().readTree(String.join("\n", out()));
    assertThat(all.get("api").asText()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(all.get("plugins")).hasSize(4);
    JsonNode waiting = all.get("plugins").get(0);
    assertThat(waiting.get("state").asText()).isEqualTo("waiting for trust");
    assertThat(waiting.get("problems").get(0).asText()).contains("juxta plugins trust changed");
    assertThat(waiting.get("services").get("method").get(0).asText()).isEqualTo("changed");
    JsonNode far = all.get("plugins").get(1);
    assertThat(far.get("state").asText()).isEqualTo("refused");
    assertThat(far.get("problems").get(0).asText()).contains("is for juxta.api [9,10), this is");
    assertThat(far.get("version").asText()).isEqualTo("1.0");
    JsonNode fine = all.get("plugins").get(2);
    assertThat(fine.get("state").asText()).isEqualTo("loaded");
    assertThat(fine.get("modules").get(0).asText()).isEqualTo("fine@1.0");
    assertThat(fine.get("api").asText()).isEqualTo("[0.1,9)");
    assertThat(fine.get("built-for").asText()).isEqualTo(all.get("api").asText());
    assertThat(fine.get("sha256").get("fine.jar").asText()).matches("[0-9a-f]{64}");
    assertThat(fine.get("problems")).isEmpty();
    assertThat(fine.has("source")).isFalse(); // it was copied there
    assertThat(all.get("plugins").get(3).get("state").asText()).isEqualTo("refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plugins instal x               | got 'instal x'; did you mean 'install'?
          plugins install                | juxta plugins install: expected one FILE, URL or
          plugins install a b            | expected one FILE, URL or GROUP:ARTIFACT:VERSION, got 'a b'
          plugins remove x --to 1        | juxta plugins remove: --to does not belong here
          plugins install a.jar --json   | juxta plugins install: --json does not belong here
          plugins install a.jar --yes    | a.jar: is no file; name a jar
          plugins remove none --yes      | no plug-in 'none' in
          plugins update none --yes      | no plug-in 'none' in
          plugins update --to 1 --yes    | juxta plugins update: --to is for one plug-in; name it
          plugins install a:b:1 --yes --max-mb 0 | juxta plugins: --max-mb is at least 1, not 0
          """)
  void mistakesAreOneLine(String line, String said) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err()).singleElement().asString().contains(said);
  }

  @Test
  void anAnswerThatIsNoYesIsANo() {
    assertThat(consent("y\n").to("Really?")).isTrue();
    assertThat(consent(" Yes \n").to("Really?")).isTrue();
    assertThat(consent("\n").to("Really?")).isFalse();
    assertThat(consent("yesterday\n").to("Really?")).isFalse();
    assertThat(consent("").to("Really?")).isFalse();
    assertThat(out()).contains("Really? [y/N]");
  }

  private Consent consent(String typed) {
    return new Consent(terminal(), Optional.of(new BufferedReader(new StringReader(typed))), false);
  }

  private Path jar(String name) {
    return root.resolve(name + ".jar");
  }

  private Path in(String name) {
    return root.resolve("plugins").resolve(name + ".jar");
  }

  private int run(String... words) {
    out.reset();
    err.reset();
    Home home =
        new Home(root.resolve("plugins"), root.resolve("plugins.lock"), root.resolve("cache"));
    return new Juxta(terminal(), home).run(words);
  }

  private Terminal terminal() {
    return new Terminal(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false);
  }

  private List<String> out() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private List<String> err() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
