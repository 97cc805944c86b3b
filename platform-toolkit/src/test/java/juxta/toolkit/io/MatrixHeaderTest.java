package juxta.toolkit.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are written row by row are read as those that are written at once. */
class MatrixHeaderTest {
  @TempDir private Path folder;

  @Test
  void numpysArrayIsRead() throws IOException {
    Path file = folder.resolve("a.npy");
    write(file, MatrixHeader.npy(2, 3));
    assertThat(Npy.read(file).shape()).containsExactly(2L, 3L);
    assertThat(Npy.read(file).data()).isEqualTo(rows());
  }

  /** As NumPy's format asks; the shape is that of numbers beyond 32 bits. */
  @Test
  void numpysHeaderIsAligned() {
    ByteBuffer header = MatrixHeader.npy(5_000_000_000L, 2048);
    assertThat(header.remaining() % 64).isZero();
    String text = new String(header.array(), StandardCharsets.ISO_8859_1);
    assertThat(text)
        .startsWith("\u0093NUMPY\u0001\u0000")
        .contains("{'descr': '<f4', 'fortran_order': False, 'shape': (5000000000, 2048), }")
        .endsWith("\n");
  }

  @Test
  void safetensorsAreRead() throws IOException {
    Path file = folder.resolve("a.safetensors");
    write(file, MatrixHeader.safetensors("embedding", 2, 3, Map.of("function", "embed")));
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.metadata()).containsEntry("function", "embed");
      assertThat(read.tensor("embedding").shape()).containsExactly(2L, 3L);
      assertThat(read.tensor("embedding").data()).isEqualTo(rows());
    }
  }

  @Test
  void rowsOfATableAreThoseOfAWholeOne() {
    List<Object> cells = List.of("a,\"b\"\n", 1.5f, "", Float.NaN);
    String whole = new Csv("a", "b", "c", "d").row(cells).row(1, 2, 3, 4).text();
    CsvRows rows = new CsvRows();
    String pieces =
        new String(rows.row(List.of("a", "b", "c", "d")).take(), StandardCharsets.UTF_8);
    pieces += new String(rows.row(cells).row(List.of(1, 2, 3, 4)).take(), StandardCharsets.UTF_8);
    assertThat(pieces).isEqualTo(whole);
    assertThat(rows.take()).isEmpty();
  }

  private static ByteBuffer rows() {
    ByteBuffer rows = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6; i++) {
      rows.putFloat(i / 2f);
    }
    return rows.flip();
  }

  private static void write(Path file, ByteBuffer header) {
    AtomicFile.write(
        file,
        channel -> {
          AtomicFile.writeAll(channel, header);
          AtomicFile.writeAll(channel, rows());
        });
  }
}
