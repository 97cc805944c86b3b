package juxta.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexTest {
  @TempDir Path folder;

  private static byte[] bytes(float[][] rows) {
    ByteBuffer data =
        ByteBuffer.allocate(4 * rows.length * rows[0].length).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float number : row) {
        data.putFloat(number);
      }
    }
    return data.array();
  }

  private Path write(String name, byte[] start, String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    return Files.write(
        folder.resolve(name),
        ByteBuffer.allocate(start.length + text.length + data.length)
            .put(start)
            .put(text)
            .put(data)
            .array());
  }

  private Path npy(float[][] rows) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }\n"
            .formatted(rows.length, rows[0].length);
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0};
    return write("e.npy", start, header, bytes(rows));
  }

  private Path safetensors(float[][] rows) throws IOException {
    String header =
        """
        {"__metadata__": {"a": "b"},
         "embedding": {"dtype": "F32", "shape": [%d, %d], "data_offsets": [0, %d]}}"""
            .formatted(rows.length, rows[0].length, 4 * rows.length * rows[0].length);
    byte[] start =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length()).array();
    return write("e.safetensors", start, header, bytes(rows));
  }

  private void table(String... rows) throws IOException {
    Files.writeString(
        folder.resolve("e.csv"), "row,split,id,label\n" + String.join("\n", rows) + "\n");
  }

  @Test
  void theNearestByCosineComeFirst() throws IOException {
    float[][] rows = {{1, 0}, {0, 5}, {-2, 0}, {3, 3}, {0, 0}};
    table(
        "0,train,a.png,cat",
        "1,train,\"b, \"\"x\"\".png\",",
        "2,test,c,dog",
        "3,test,d,",
        "4,t,e,");
    for (Path file : List.of(npy(rows), safetensors(rows))) {
      Index index = Index.open(file);
      assertThat(index.size()).isEqualTo(5);
      assertThat(index.width()).isEqualTo(2);
      List<Index.Hit> hits = index.search(new float[] {0, 2}, 3);
      assertThat(hits.stream().map(Index.Hit::row)).containsExactly(1, 3, 0);
      assertThat(hits.get(0)).isEqualTo(new Index.Hit(1, "b, \"x\".png", "", 1));
      assertThat(hits.get(1).similarity()).isCloseTo(Math.sqrt(0.5), within(1e-9));
      assertThat(hits.get(2)).isEqualTo(new Index.Hit(0, "a.png", "cat", 0));
      assertThat(index.search(new float[] {1, 1}, 99)).hasSize(5);
      assertThat(index.search(new float[] {0, 0}, 2).stream().map(Index.Hit::row))
          .containsExactly(0, 1);
    }
  }

  @Test
  void manyRowsAreRankedAsByTheFormula() throws IOException {
    Random random = new Random(4);
    float[][] rows = new float[500][7];
    for (float[] row : rows) {
      for (int i = 0; i < 7; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    table(IntStream.range(0, 500).mapToObj(i -> i + ",s,id" + i + ",").toArray(String[]::new));
    Index index = Index.open(npy(rows));
    float[] query = rows[123];
    double[] cosines =
        Arrays.stream(rows)
            .mapToDouble(
                row -> {
                  double dot = 0;
                  double a = 0;
                  double b = 0;
                  for (int i = 0; i < 7; i++) {
                    dot += (double) row[i] * query[i];
                    a += (double) row[i] * row[i];
                    b += (double) query[i] * query[i];
                  }
                  return dot / Math.sqrt(a * b);
                })
            .toArray();
    List<Integer> order =
        IntStream.range(0, 500)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -cosines[i]))
            .limit(20)
            .toList();
    List<Index.Hit> hits = index.search(query, 20);
    assertThat(hits.stream().map(Index.Hit::row)).containsExactlyElementsOf(order);
    assertThat(hits.get(0).id()).isEqualTo("id123");
  }

  private static void refused(Path file, String message) {
    assertThatThrownBy(() -> Index.open(file))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void whatIsWrongIsSaidInALine() throws IOException {
    float[][] rows = {{1, 0}, {0, 1}};
    Path file = npy(rows);
    refused(file, "e.csv: the table of the rows is missing");
    table("0,train,a,");
    refused(file, "e.csv: names 1 rows, but " + file + " has 2;");
    table("0,train,a,", "1,train,b");
    refused(file, "row 2 has 3 columns, not 4");
    table("0,train,a,", "1,train,b,");
    Index index = Index.open(file);
    assertThatThrownBy(() -> index.search(new float[3], 1))
        .hasMessage(
            "the query has 3 numbers and the rows have 2; embed it with the model that made them");
    assertThatThrownBy(() -> index.search(new float[] {Float.NaN, 0}, 1))
        .hasMessage("a number of the query is not finite");
    assertThatThrownBy(() -> index.search(new float[2], 0))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused(file, "cannot be read as embeddings (");
    }
    refused(folder.resolve("none.npy"), "there is no such file");
    refused(Files.writeString(folder.resolve("e.txt"), "a"), "neither .npy nor .safetensors");
    byte[] doubles =
        new String(whole, StandardCharsets.ISO_8859_1)
            .replace("<f4", "<f8")
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, doubles);
    refused(file, "it is no float32 array of two axes");
  }
}
