package juxta.toolkit.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestTest {
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);

  /** FIPS 180-2, B.1, and RFC 1321, A.5. */
  @Test
  void digitsAreThoseOfTheStandards() {
    assertThat(Digest.sha256().add(ABC).hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Digest.of("MD5").add(ABC).hex()).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
  }

  @Test
  void pieceByPieceOrFromAFileIsTheSame(@TempDir Path folder) throws IOException {
    byte[] all = new byte[200_001];
    new java.util.Random(1).nextBytes(all);
    Path file = Files.write(folder.resolve("a"), all);
    ByteBuffer half = ByteBuffer.wrap(all, 0, 100_000);
    String digits = Digest.sha256().add(half).add(ByteBuffer.wrap(all, 100_000, 100_001)).hex();
    assertThat(half.remaining()).isEqualTo(100_000);
    assertThat(Digest.sha256().add(file).hex()).isEqualTo(digits);
    assertThat(Digest.sha256().add(all).hex()).isEqualTo(digits);
  }
}
