package juxta.plugin.datasets.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
  @TempDir Path folder;

  private CsvTable read(String content) {
    return CsvTable.read(file(content));
  }

  private Path file(String content) {
    return Bytes.write(folder.resolve("a.csv"), content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void quotesCommasAndLineEndsInValues() {
    CsvTable table = read("\uFEFFimage , Text\r\na.png,\"x, \"\"y\"\"\nz\"\r\n\r\nb.png,ü\r\n");
    assertThat(table.header()).containsExactly("image", "Text");
    assertThat(table.rows()).hasSize(2);
    assertThat(table.rows().get(0).values()).containsExactly("a.png", "x, \"y\"\nz");
    assertThat(table.rows().get(1).values()).containsExactly("b.png", "ü");
    assertThat(table.at(table.rows().get(0))).endsWith("a.csv, line 2");
    assertThat(table.at(table.rows().get(1))).endsWith("a.csv, line 5");
    assertThat(table.find(" TEXT")).hasValue(1);
    assertThat(table.find("caption")).isEmpty();
    assertThat(table.find("")).isEmpty();
  }

  private void refused(String content, String... words) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.problems()).hasSize(1))
        .hasMessageStartingWith(folder.resolve("a.csv").toString())
        .hasMessageContainingAll(words);
  }

  @Test
  void whatIsNoCsvIsRefusedWithItsLine() {
    refused("a,b\n1,2\n1,2,3\n", "line 3");
    refused("a,b\n1,2\n\n1\n", "line 4");
    assertThatThrownBy(() -> read("a,b\n1\n1,2\n3\n"))
        .hasMessageContainingAll(
            "a.csv, line 2: has 1 values for 2 columns; mend the row", "line 4: has 1 values");
    refused("a,b\n1,\"2\n3,4\n", "line 2");
    refused("a,b\n1,\"2\"x\n", "line 2");
    refused("a,b\n", "has no rows");
    refused("", "has no rows");
    refused("a,A\n1,2\n", "line 1: column 'A' stands twice");
    Path latin =
        Bytes.write(
            folder.resolve("a.csv"), "a,b\n1,2\n1,ü\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> CsvTable.read(latin))
        .hasMessageContainingAll(latin.toString(), "is not UTF-8 text", "save it as UTF-8");
    assertThatThrownBy(() -> CsvTable.read(folder.resolve("none.csv")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void noContentMakesItFailInAnotherWay() {
    Random random = new Random(1);
    String letters = "ab\",\n\r\u0000é;'\\";
    for (int round = 0; round < 3000; round++) {
      StringBuilder content = new StringBuilder();
      random
          .ints(random.nextInt(40), 0, letters.length())
          .forEach(i -> content.append(letters.charAt(i)));
      try {
        CsvTable table = read(content.toString());
        assertThat(table.rows())
            .isNotEmpty()
            .allMatch(row -> row.values().size() == table.header().size());
      } catch (UserException e) {
        assertThat(e.problems()).allMatch(line -> line.startsWith(folder.toString()));
      }
    }
  }

  @Test
  void theSeparatorIsRecognised() {
    for (String separator : new String[] {",", ";", "\t"}) {
      CsvTable table = read("a;b;c\n1;\"x;,\ty\";2\n".replace(";", separator));
      assertThat(table.header()).containsExactly("a", "b", "c");
    }
    CsvTable table = read("image;text\na.png;x, y, z\n");
    assertThat(table.rows().get(0).values()).containsExactly("a.png", "x, y, z");
    assertThat(read("\"a;b;c\",d\n1,2\n").header()).containsExactly("a;b;c", "d");
    CsvTable told = read("sep=;\r\na;b\r\n1;2\r\n");
    assertThat(told.header()).containsExactly("a", "b");
    assertThat(told.at(told.rows().get(0))).endsWith("line 3");
  }

  @Test
  void rowsOfBlanksAreSkipped() {
    CsvTable table = read("a,b\n1,2\n,\n\n , \n,,,\n3,4\n,\n");
    assertThat(table.rows()).extracting(CsvTable.Row::line).containsExactly(2L, 7L);
    refused("a,b\n,\n", "has no rows");
  }

  @Test
  void otherEncodingsAreRefusedWithTheirLine() {
    StringBuilder text = new StringBuilder("a,b\r\n");
    for (int i = 0; i < 3000; i++) {
      text.append("1,2\r\n");
    }
    byte[] latin = (text + "1,\"x\ny\"\n1,ü\n1,2\n").getBytes(StandardCharsets.ISO_8859_1);
    Path file = Bytes.write(folder.resolve("a.csv"), latin);
    assertThatThrownBy(() -> CsvTable.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ", line 3004: is not UTF-8 text; save it as UTF-8");
    Bytes.write(file, "\uFEFFa,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> CsvTable.read(file))
        .hasMessage(file + ", line 1: is not UTF-8 text; save it as UTF-8");
  }

  @Test
  void aMarkBeforeAQuoteIsNoPartOfTheName() {
    assertThat(read("\uFEFF\"a\",b\n1,2\n").header()).containsExactly("a", "b");
  }
}
