package juxta.plugin.datasets.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.Value;
import org.junit.jupiter.api.Test;

class VolumeSplitTest {
  @Test
  void aScanIsReadOnceForAllFieldsOfItsRecord() {
    LabelledScan scan = Scans.random(4, 3, 5, 1);
    AtomicInteger reads = new AtomicInteger();
    VolumeRecord record =
        new VolumeRecord(
            "c0",
            true,
            scan.grid(),
            () -> {
              reads.incrementAndGet();
              return scan;
            });
    Split split = VolumeColumns.around(List.of(record)).split(List.of(record));
    List<String> names = split.fields().stream().map(Field::name).toList();
    Map<String, Value> values = split.values(names, 0);
    assertThat(reads).hasValue(1);
    assertThat(values.keySet()).containsExactlyElementsOf(names);
    names.forEach(name -> assertThat(values.get(name)).isEqualTo(split.value(name, 0)));
    split.values(List.of("spacing", "case"), 0);
    assertThat(reads).hasValue(3); // by value(): volume and mask
  }
}
