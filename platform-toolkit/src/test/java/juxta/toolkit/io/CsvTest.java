package juxta.toolkit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @TempDir Path folder;

  @Test
  void cellsAreQuotedWhereTheyMustBe() throws IOException {
    Csv table = new Csv("name", "value").row("plain", 1).row("a,b", 0.5).row("say \"so\"", -2L);
    table.row("two\nlines", true).row("", Double.NaN);
    assertThat(table.text())
        .isEqualTo(
            "name,value\nplain,1\n\"a,b\",0.5\n\"say \"\"so\"\"\",-2\n\"two\nlines\",true\n,NaN\n");
    table.write(folder.resolve("new").resolve("t.csv"));
    assertThat(Files.readString(folder.resolve("new").resolve("t.csv"))).isEqualTo(table.text());
  }

  /** Whatever the cells are, a reader gets them back. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void isReadAsItWasWritten(long seed) throws IOException {
    Random random = new Random(seed);
    int columns = 1 + random.nextInt(5);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      List<String> row = new ArrayList<>();
      for (int j = 0; j < columns; j++) {
        StringBuilder cell = new StringBuilder("x");
        for (int k = random.nextInt(8); k > 0; k--) {
          cell.append(",\"\n\r;# äé漢\t'".charAt(random.nextInt(12)));
        }
        row.add(cell.toString());
      }
      rows.add(row);
    }
    Csv table = new Csv(rows.get(0));
    rows.subList(1, rows.size()).forEach(table::row);
    List<List<String>> found = new ArrayList<>();
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(table.text())) {
      reader.forEach(record -> found.add(record.getFields()));
    }
    assertThat(found).isEqualTo(rows);
  }

  /** Germans write 0,5, and Arabic has digits of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab", "tr-TR"})
  void numbersAreTheSameInEveryLanguage(String language) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      assertThat(Csv.number(1234.5, 3)).isEqualTo("1234.500");
      assertThat(new Csv("a").row(1e-7).row(12345678).text()).isEqualTo("a\n1.0E-7\n12345678\n");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void rowsHaveACellAColumn() {
    assertThatThrownBy(() -> new Csv("a", "b").row(1)).hasMessageContaining("1 cells for 2");
  }
}
