package juxta.launcher.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jars are looked into before any of their code runs: whatever they hold, at most one is refused.
 */
class DamagedJarsTest {
  private static final int INPUTS = 1_500;
  private static final List<String> WORDS =
      List.of(
          "\0", "\n", "\r\n ", ": ", "-1", "9".repeat(80), "x".repeat(600), "\u00fc", ".", "1.");

  @TempDir Path root;

  @Test
  void areRefusedByNameOrRead() throws IOException {
    Path jar = root.resolve("whole.jar");
    PluginJars.module("whole", "1.0").method("whole.Mine", "mine").writeTo(jar);
    byte[] whole = Files.readAllBytes(jar);
    byte[] descriptor = entry(jar, "module-info.class");
    String manifest =
        "Manifest-Version: 1.0\nMulti-Release: true\nAutomatic-Module-Name: some.name\n"
            + "Implementation-Version: 1.0\n";
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] bytes =
          switch (i % 3) {
            case 0 -> damaged(whole, random);
            case 1 -> zip("module-info.class", damaged(descriptor, random));
            default ->
                zip(
                    "META-INF/MANIFEST.MF",
                    damaged(manifest.getBytes(StandardCharsets.UTF_8), random));
          };
      Path file = Files.write(root.resolve("a.jar"), bytes);
      Candidate candidate = new Candidate("a.jar", file, List.of(file));
      try {
        Inspection.of(candidate, List.of(Jar.read(root, file))).version();
      } catch (Refusal refusal) {
        refused++;
        assertThat(refusal.fault().jar()).as("input %d", i).isEqualTo("a.jar");
      }
    }
    assertThat(refused).isBetween(INPUTS / 2, INPUTS - 1);
  }

  private static byte[] entry(Path jar, String name) throws IOException {
    try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(jar.toFile())) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] damaged(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    for (int change = 0; change < 1 + random.nextInt(3); change++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
        case 2 -> {
          if (change == 2) {
            bytes = Arrays.copyOf(bytes, 1 + at);
          }
        }
        default -> {
          byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
          byte[] longer = Arrays.copyOf(bytes, bytes.length + word.length);
          System.arraycopy(word, 0, longer, at, word.length);
          System.arraycopy(bytes, at, longer, at + word.length, bytes.length - at);
          bytes = longer;
        }
      }
    }
    return bytes;
  }
}
