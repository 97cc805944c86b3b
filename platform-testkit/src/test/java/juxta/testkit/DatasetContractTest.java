package juxta.testkit;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

class DatasetContractTest {
  private static final Split TRAIN = TinyData.small().train();

  private record Changed(List<Field> fields, UnaryOperator<Value> change) implements Split {
    @Override
    public int size() {
      return TRAIN.size();
    }

    @Override
    public Value value(String field, int record) {
      return change.apply(TRAIN.value(field, record));
    }
  }

  private static DatasetProvider opening(Supplier<Dataset> data) {
    return new Good.GoodProvider() {
      @Override
      public Dataset open(Request request) {
        return data.get();
      }
    };
  }

  private static DatasetProvider with(Split train) {
    return opening(() -> new Good.Opened("good", Map.of("train", train), "0"));
  }

  private static DatasetProvider changing(UnaryOperator<Value> change) {
    return with(new Changed(TRAIN.fields(), change));
  }

  private static DatasetProvider called(Supplier<String> fingerprint) {
    return opening(() -> new Good.Opened("good", Map.of("train", TRAIN), fingerprint.get()));
  }

  private static DatasetProvider ofVolumes() {
    return new Good.GoodProvider() {
      @Override
      public DataKind kind() {
        return DataKind.VOLUMES;
      }
    };
  }

  private static Value labels(Value value, int label) {
    return value.shape().isEmpty() ? Value.of(label) : value;
  }

  private static Value masks(Value value, int index) {
    if (value.shape().size() != 2) {
      return value;
    }
    byte[] classes = new byte[value.data().remaining()];
    classes[classes.length - 1] = (byte) index;
    return new Value(value.type(), value.shape(), ByteBuffer.wrap(classes));
  }

  private static Value shortened(Value value) {
    ByteBuffer data = value.data();
    return new Value(value.type(), value.shape(), data.limit(data.limit() - 1));
  }

  private static Value unlike(Value value) {
    return labels(value, (int) (System.nanoTime() % 1_000_000));
  }

  private static List<Field> twice() {
    List<Field> fields = new ArrayList<>(TRAIN.fields());
    fields.add(fields.get(0));
    return fields;
  }

  private static List<Promise> promises(DatasetProvider provider) {
    return DatasetContract.promises(provider, Optional.empty(), Settings.DEFAULTS);
  }

  @TestFactory
  Stream<DynamicTest> contract() {
    return Breaking.tests(
        new Good.GoodProvider(),
        DatasetContractTest::promises,
        Map.of(
            DatasetContract.OPENS,
                List.of(
                    opening(
                        () -> {
                          throw new IllegalStateException("no file");
                        })),
            DatasetContract.DESCRIBED,
                List.of(
                    ofVolumes(),
                    opening(() -> new Good.Opened("bad", Map.of("train", TRAIN), "0")),
                    opening(() -> new Good.Opened("good", Map.of("test", TRAIN), "0"))),
            DatasetContract.FIELDS, List.of(with(new Changed(twice(), value -> value))),
            DatasetContract.VALUES,
                List.of(
                    changing(DatasetContractTest::shortened),
                    changing(v -> new Value(FieldType.FLOAT32, v.shape(), v.data())),
                    changing(v -> new Value(v.type(), List.of(1L), v.data()))),
            DatasetContract.SAME, List.of(changing(DatasetContractTest::unlike)),
            DatasetContract.FINGERPRINT,
                List.of(called(() -> "none"), called(() -> Long.toHexString(System.nanoTime()))),
            DatasetContract.LABELS,
                List.of(changing(v -> labels(v, 4)), changing(v -> labels(v, -2))),
            DatasetContract.MASKS, List.of(changing(v -> masks(v, 2)))));
  }

  @Test
  void dataThatNeedAPathAreLookedAtWithOneOnly() {
    DatasetProvider provider =
        opening(
            () -> {
              throw new UserException("good: name the folder");
            });
    Promise without = promises(provider).get(1);
    Assertions.assertThatThrownBy(() -> without.test("good").getExecutable().execute())
        .isInstanceOf(TestAbortedException.class);
    Promise with =
        DatasetContract.promises(provider, Optional.of(Path.of(".")), Settings.DEFAULTS).get(1);
    Assertions.assertThatThrownBy(() -> with.test("good").getExecutable().execute())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("refusal: good: name the folder");
  }
}
