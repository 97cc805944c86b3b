package juxta.engine.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Split;
import juxta.engine.cluster.Address;
import juxta.toolkit.graph.Parts;
import juxta.toolkit.graph.Spread;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.DeviceSpec;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The parts of a stream's batches, where some of the devices that take them belong to workers that
 * have the data. These hold all records, or read those of each part, as this process would; the
 * other parts come from here.
 */
final class PartFeed {
  /** Files of a channel that are kept: more than there are batches ahead. */
  private static final int KEPT = Prefetch.MOST + 4;

  /** Bytes that a worker reads at a time of data that it holds: its answers come in time then. */
  private static final long PIECE = 64L << 20;

  /**
   * What is read.
   *
   * @param name of the split
   * @param split the records
   * @param limit bytes up to which all of them are held
   */
  record Source(String name, Split split, long limit) {}

  /**
   * A part of each batch.
   *
   * @param number of the part
   * @param from its first record in the batch
   * @param size its records
   * @param channel to the worker that reads it, empty if it is fed from here
   */
  private record Part(int number, int from, int size, Optional<RecordChannel> channel) {
    int[] of(int[] records) {
      return Arrays.copyOfRange(records, from, from + size);
    }
  }

  /**
   * A field of a part.
   *
   * @param value its records
   * @param path what is fed where a worker reads it: the path of a file
   * @param load what gives all records to the worker's device, if they are held there
   */
  private record Column(
      Operand<? extends TType> value, Optional<Placeholder<TString>> path, Optional<Op> load) {}

  private final Source source;
  private final boolean held;
  private final List<Part> parts = new ArrayList<>();
  private final Map<Field, List<Column>> columns = new LinkedHashMap<>();
  private final Map<Integer, List<Field>> used = new LinkedHashMap<>(); // by part
  private final Map<Address, RecordChannel> holders = new LinkedHashMap<>();
  private long file;

  PartFeed(
      GraphScope scope,
      List<String> devices,
      String stream,
      Source source,
      List<Integer> sizes,
      OwnData data,
      Operand<TInt32> indices,
      Map<Field, FeedColumn> whole) {
    this.source = source;
    // of what is not used nothing is held; that is not known yet
    this.held = Feed.bytes(whole.keySet(), source.split()) <= source.limit();
    Ops home = scope.tf().withSubScope("data").withSubScope(stream);
    List<Operand<TInt32>> own = new ArrayList<>();
    int from = 0;
    for (int number = 0; number < sizes.size(); number++) {
      int size = sizes.get(number);
      Optional<RecordChannel> channel = data.reader(devices.get(number)).map(w -> channel(data, w));
      parts.add(new Part(number, from, size, channel));
      own.add(
          home.slice(indices, home.constant(new int[] {from}), home.constant(new int[] {size})));
      from += size;
    }
    whole.forEach(
        (field, column) -> {
          List<Column> made = new ArrayList<>();
          for (Part part : parts) {
            String device = devices.get(part.number());
            made.add(
                part.channel().isEmpty()
                    ? fed(home, field, column.handle(), own.get(part.number()), part.size())
                    : held
                        ? held(home, device, stream, field, own.get(part.number()), part)
                        : read(home, device, field, part.size()));
          }
          columns.put(field, made);
          Parts.given(scope, column.value(), made.stream().map(Column::value).toList());
        });
  }

  /** What a worker holds is asked for once for all of its devices. */
  private RecordChannel channel(OwnData data, Address worker) {
    return held ? holders.computeIfAbsent(worker, data::channel) : data.channel(worker);
  }

  private static Column fed(
      Ops home, Field field, VarHandleOp all, Operand<TInt32> indices, int size) {
    return new Column(
        FeedColumn.picked(home, all, field, Tensors.type(field.type()), indices, size),
        Optional.empty(),
        Optional.empty());
  }

  private Column held(
      Ops home, String device, String stream, Field field, Operand<TInt32> indices, Part part) {
    return held(home, device, stream, field, Tensors.type(field.type()), indices, part);
  }

  private <T extends TType> Column held(
      Ops home,
      String device,
      String stream,
      Field field,
      Class<T> type,
      Operand<TInt32> indices,
      Part part) {
    Ops there = home.withDevice(Spread.spec(device));
    long[] all = RecordTensors.shape(field, source.split().size());
    VarHandleOp handle =
        there.varHandleOp(
            type,
            Shape.of(all),
            VarHandleOp.sharedName("data/" + stream + "/" + field.name() + "/" + part.number()));
    Placeholder<TString> path = path(home);
    Op load = there.assignVariableOp(handle, file(home, device, path, type, all));
    Operand<T> picked =
        there.gather(there.readVariableOp(handle, type), indices, there.constant(0));
    return new Column(picked, Optional.of(path), Optional.of(load));
  }

  private static Column read(Ops home, String device, Field field, int size) {
    Placeholder<TString> path = path(home);
    return new Column(
        file(home, device, path, Tensors.type(field.type()), RecordTensors.shape(field, size)),
        Optional.of(path),
        Optional.empty());
  }

  private static Placeholder<TString> path(Ops home) {
    return home.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
  }

  /** What a worker has laid into a file. */
  private static <T extends TType> Operand<T> file(
      Ops home, String device, Operand<TString> path, Class<T> type, long[] shape) {
    Ops processor = home.withDevice(processor(device));
    return processor.reshape(
        processor.io.decodeRaw(processor.io.readFile(path), type), processor.constant(shape));
  }

  /** The processor beside a device. */
  private static DeviceSpec processor(String device) {
    return Spread.spec(device.replaceFirst("/device:.*", "/device:CPU:0"));
  }

  /** Says what of the graph will run. */
  void settle(Set<GraphOperation> needed) {
    for (Part part : parts) {
      used.put(
          part.number(),
          columns.keySet().stream()
              .filter(f -> needed.contains(columns.get(f).get(part.number()).value().op()))
              .toList());
    }
  }

  /** Whether this process reads a field for parts. */
  boolean here(Field field) {
    return parts.stream()
        .anyMatch(p -> p.channel().isEmpty() && used.get(p.number()).contains(field));
  }

  /** Whether workers read a field. */
  boolean there(Field field) {
    return parts.stream()
        .anyMatch(p -> p.channel().isPresent() && used.get(p.number()).contains(field));
  }

  /** Has workers hold what they can, all of them at once, piece by piece. */
  void start(Feed.Loader loader) {
    List<Field> fields = columns.keySet().stream().filter(this::there).toList();
    if (!held || fields.isEmpty()) {
      return;
    }
    int all = source.split().size();
    long one = fields.stream().mapToLong(Field::bytes).sum();
    int atOnce = (int) Math.max(1, Math.min(all, PIECE / Math.max(1, one)));
    for (int from = 0; from < all; from += Math.min(atOnce, all - from)) {
      int[] records = IntStream.range(from, from + Math.min(atOnce, all - from)).toArray();
      holders.values().forEach(h -> h.ask(0, source.name(), fields, records, 0));
      holders.values().forEach(RecordChannel::await);
    }
    for (Part part : parts) {
      if (part.channel().isEmpty()) {
        continue;
      }
      for (Field field : used.get(part.number())) {
        Column column = columns.get(field).get(part.number());
        try (Tensor path = part.channel().get().path(0, fields.indexOf(field))) {
          loader.load(column.path().orElseThrow(), path, column.load().orElseThrow());
        }
      }
    }
    end(); // the files have done their duty
  }

  /** Has workers begin to read their parts of a batch. */
  void ask(int[] records) {
    if (held) {
      return;
    }
    file++;
    for (Part part : parts) {
      List<Field> fields = used.get(part.number());
      if (part.channel().isPresent() && !fields.isEmpty()) {
        part.channel().get().ask(file, source.name(), fields, part.of(records), file - KEPT);
      }
    }
  }

  /** Reads the parts that are fed from here. */
  void read(int[] records, Map<Operand<?>, Tensor> tensors) {
    for (Part part : parts) {
      if (part.channel().isEmpty()) {
        RecordTensors.of(source.split(), used.get(part.number()), part.of(records))
            .forEach(
                (field, tensor) ->
                    tensors.put(columns.get(field).get(part.number()).value(), tensor));
      }
    }
  }

  /** Waits for the workers. */
  void await(Map<Operand<?>, Tensor> tensors) {
    if (held) {
      return;
    }
    for (Part part : parts) {
      List<Field> fields = used.get(part.number());
      if (part.channel().isEmpty() || fields.isEmpty()) {
        continue;
      }
      part.channel().get().await();
      for (int i = 0; i < fields.size(); i++) {
        Placeholder<TString> path =
            columns.get(fields.get(i)).get(part.number()).path().orElseThrow();
        tensors.put(path, part.channel().get().path(file, i));
      }
    }
  }

  /** Says to workers that no more is needed; not after a fault. */
  void end() {
    parts.forEach(part -> part.channel().ifPresent(RecordChannel::close));
  }
}
