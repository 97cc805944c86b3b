package juxta.plugin.spps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairFileTest {
  @TempDir Path folder;

  @Test
  void readsWhatItWrote() throws IOException {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("data", "shapes with a space");
    header.put("images", "100");
    Path file = folder.resolve("pairs.txt");
    new PairFile(header, List.of(new Pair(0, 7, 0.97125), new Pair(3, 99, -0.5))).write(file);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            juxta-pairs 1
            data shapes with a space
            images 100

            0 7 0.971250
            3 99 -0.500000
            """);
    PairFile read = PairFile.read(file);
    assertThat(read.header()).isEqualTo(header);
    assertThat(read.pairs()).containsExactly(new Pair(0, 7, 0.97125), new Pair(3, 99, -0.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 7", "0 x 0.9", "7 7 0.9", "8 7 0.9", "1 2 3 4", ""})
  void damageIsNamedByLine(String line) throws IOException {
    Path file = folder.resolve("pairs.txt");
    Files.writeString(file, "juxta-pairs 1\nimages 9\n\n0 1 0.9\n" + line + "\n");
    assertThatThrownBy(() -> PairFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("line 5")
        .hasMessageContaining("mine the pairs again");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path file = folder.resolve("other.txt");
    assertThatThrownBy(() -> PairFile.read(file)).isInstanceOf(UserException.class);
    Files.writeString(file, "something else\n");
    assertThatThrownBy(() -> PairFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no file of pairs");
  }

  /** Nobody writes into it: whoever reads it waits for ever. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void pipesAreRefused(@TempDir Path place) throws Exception {
    Path pipe = place.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> PairFile.read(pipe))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(pipe + ": cannot be read: it is a pipe, a device or the like");
  }
}
