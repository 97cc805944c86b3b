package juxta.engine.train;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;

/** Reads records into tensors, several records at a time, each record once for all its fields. */
final class RecordTensors {
  private RecordTensors() {}

  /**
   * Reads.
   *
   * @param split the records
   * @param fields of fixed shape
   * @param records indices of those that are wanted
   * @return a tensor [records, …] for each field; the caller closes them
   */
  static Map<Field, Tensor> of(Split split, List<Field> fields, int[] records) {
    Map<Field, Tensor> tensors = new LinkedHashMap<>();
    try {
      Map<Field, ByteDataBuffer> targets = new LinkedHashMap<>();
      for (Field field : fields) {
        Shape shape = Shape.of(shape(field, records.length));
        Tensor tensor = Tensor.of(Tensors.type(field.type()), shape);
        tensors.put(field, tensor);
        targets.put(field, tensor.asRawTensor().data());
      }
      List<String> names = fields.stream().map(Field::name).toList();
      AtomicReference<Throwable> fault = new AtomicReference<>();
      IntStream.range(0, records.length)
          .parallel()
          .forEach(
              i -> {
                try {
                  if (fault.get() == null) {
                    Map<String, Value> values = split.values(names, records[i]);
                    targets.forEach(
                        (field, to) -> {
                          Value value = values.get(field.name());
                          check(value, field, records[i]);
                          write(value, field, to, i);
                        });
                  }
                } catch (RuntimeException | Error e) {
                  // Thrown from here it would free the tensors while other threads write to them.
                  fault.compareAndSet(null, e);
                }
              });
      rethrow(fault.get());
      return tensors;
    } catch (RuntimeException | Error e) {
      tensors.values().forEach(Tensor::close);
      throw e;
    }
  }

  private static void rethrow(Throwable fault) {
    if (fault instanceof RuntimeException exception) {
      throw exception;
    }
    if (fault instanceof Error error) {
      throw error;
    }
  }

  /** The shape of so many values of a field. */
  static long[] shape(Field field, long records) {
    return IntStream.range(0, field.shape().size() + 1)
        .mapToLong(axis -> axis == 0 ? records : field.shape().get(axis - 1))
        .toArray();
  }

  private static void check(Value value, Field field, int record) {
    int bytes = value == null ? 0 : value.data().remaining();
    if (bytes != field.bytes()) {
      throw new UserException(
          "record "
              + record
              + ": field '"
              + field.name()
              + "' has "
              + bytes
              + " bytes where "
              + field.type()
              + " "
              + field.shape()
              + " has "
              + field.bytes()
              + "; report it to the author of the data's reader");
    }
  }

  private static void write(Value value, Field field, ByteDataBuffer to, int at) {
    ByteBuffer data = value.data();
    byte[] bytes = new byte[data.remaining()]; // TensorFlow's buffers take arrays only
    data.get(bytes);
    to.slice(at * field.bytes(), bytes.length).write(bytes);
  }
}
