package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import juxta.launcher.plugins.PluginJars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that changed or are broken stand aside; everything else goes on. */
class PluginTrustTest {
  @TempDir Path root;

  @Test
  void aChangedJarIsRefusedUntilItIsTrusted() {
    Shell shell = Shell.in(root);
    Path jar = shell.plugins().resolve("mine.jar");
    PluginJars.module("mine", "1.0").method("mine.Mine", "mine").writeTo(jar);
    assertThat(shell.run("list methods").out()).contains("mine", "simclr");
    PluginJars.module("mine", "1.1").method("mine.Mine", "mine").writeTo(jar);
    Outcome refused = shell.run("list methods");
    assertThat(refused.status()).isZero();
    assertThat(refused.out()).contains("simclr").doesNotContain("mine 1.");
    assertThat(refused.errLines())
        .singleElement()
        .asString()
        .contains("mine.jar", "juxta plugins trust mine");
    assertThat(shell.run("plugins trust mine").out()).contains("trusted mine.jar");
    Outcome trusted = shell.run("list methods");
    assertThat(trusted.out()).contains("mine 1.1");
    assertThat(trusted.errLines()).isEmpty();
  }

  @Test
  void aBrokenJarIsReportedWhileTheRestWorks() throws IOException {
    Shell shell = Shell.in(root);
    Toy.addTo(shell);
    Files.writeString(shell.plugins().resolve("broken.jar"), "<html>404</html>");
    Outcome outcome = shell.run(Toy.TRAIN + " --epochs 1 --out %s", root.resolve("run"));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.errLines())
        .filteredOn(line -> line.startsWith("plug-in not loaded"))
        .singleElement()
        .asString()
        .contains("broken.jar");
  }
}
