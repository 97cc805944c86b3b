package juxta.engine.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.engine.cluster.Address;
import juxta.engine.cluster.Notice;
import juxta.engine.cluster.ServerGraph;
import juxta.toolkit.graph.Remote;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.io.FifoQueue;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Reads records of this process's own data for leaders that use its devices, and lays them into
 * files, which their graphs read here: what spans several servers shares neither variables nor
 * queues with this one.
 */
public final class RecordService {
  private static final long ANSWER_MILLIS = 60_000;
  private static final long WAIT_MILLIS = 24L * 60 * 60 * 1000;
  private static final long PAUSE_MILLIS = 1_000;
  private static final int PIECE = 1 << 20;

  private final Address own;
  private final Function<String, Dataset> data;
  private final Scratch scratch;
  private final Map<String, Channel> channels = new LinkedHashMap<>();

  private RecordService(Address own, Function<String, Dataset> data, Scratch scratch) {
    this.own = own;
    this.data = data;
    this.scratch = scratch;
  }

  /**
   * Says what data this process has, and begins to read of them what it is asked for, on threads of
   * its own.
   *
   * @param own the server of this process
   * @param data the whole data
   * @param folded the data with a fold to test, from the whole and the fold's words
   * @param demanded whether a leader that has other data is to refuse this worker
   */
  public static void start(Address own, Dataset data, Folding folded, boolean demanded) {
    Map<String, Dataset> folds = new ConcurrentHashMap<>(Map.of("", data));
    RecordService service =
        new RecordService(
            own,
            fold -> folds.computeIfAbsent(fold, words -> folded.of(data, words)),
            Scratch.make());
    Thread thread = new Thread(service::serve, "juxta-records");
    thread.setDaemon(true);
    thread.start();
    new Notice(
            demanded ? Notice.State.HAS : Notice.State.OFFERS,
            data.fingerprint(),
            OwnData.form(data),
            service.scratch.folder().toString(),
            "")
        .publish(remote(own, ANSWER_MILLIS));
  }

  /**
   * Says that this process has no data.
   *
   * @param own the server of this process
   * @param why it has none
   */
  public static void decline(Address own, String why) {
    new Notice(Notice.State.LACKS, "", "", "", why).publish(remote(own, ANSWER_MILLIS));
  }

  /** Makes of whole data those with a fold to test. */
  @FunctionalInterface
  public interface Folding {
    /**
     * Folds.
     *
     * @param whole the data
     * @param fold which fold of how many, such as {@code 2/5}
     * @return the data as the run with this fold sees them
     */
    Dataset of(Dataset whole, String fold);
  }

  private static Remote remote(Address own, long millis) {
    return new Remote("grpc://" + own, millis, fault -> fault, () -> false);
  }

  private record Request(List<String> words, long[] numbers, int[] records) {
    String channel() {
      return words.get(RecordQueues.CHANNEL);
    }

    /** The process that asks. */
    String asker() {
      return channel().replaceFirst("\\..*", "");
    }
  }

  private void serve() {
    while (true) { // as long as the process
      try (ServerGraph graph = new ServerGraph(remote(own, WAIT_MILLIS))) {
        Ops tf = graph.tf();
        List<Operand<?>> next =
            List.copyOf(
                tf.io.queueDequeue(RecordQueues.requests(tf), RecordQueues.REQUEST).components());
        while (true) {
          take(request(graph, next));
        }
      } catch (RuntimeException e) {
        pause(); // nobody asked for a day
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private static Request request(ServerGraph graph, List<Operand<?>> next) {
    try (Result result = graph.run(Map.of(), next, List.of())) {
      List<String> words = new ArrayList<>();
      ((TString) result.get(0)).scalars().forEach(word -> words.add(word.getObject()));
      TInt64 numbers = (TInt64) result.get(1);
      TInt32 records = (TInt32) result.get(2);
      long[] asked = new long[(int) numbers.size()];
      for (int i = 0; i < asked.length; i++) {
        asked[i] = numbers.getLong(i);
      }
      int[] which = new int[(int) records.size()];
      for (int i = 0; i < which.length; i++) {
        which[i] = records.getInt(i);
      }
      return new Request(words, asked, which);
    }
  }

  /** Each channel has a thread: one whose disk hangs keeps no other from its records. */
  private void take(Request request) {
    if (channels.keySet().stream().noneMatch(name -> name.startsWith(request.asker() + "."))) {
      channels.values().forEach(Channel::end); // of a leader before, which may have been killed
      channels.clear();
    }
    Channel channel = channels.computeIfAbsent(request.channel(), Channel::new);
    channel.take(request);
    if (request.numbers()[RecordQueues.FORGET] == Long.MAX_VALUE) {
      channels.remove(request.channel());
      channel.finish();
    }
  }

  /** Those who ask for one stream of records. */
  private final class Channel {
    private final String name;
    private final ExecutorService thread;
    private final ServerGraph graph = new ServerGraph(remote(own, ANSWER_MILLIS));
    private final Placeholder<TInt64> number;
    private final Placeholder<TString> problem;
    private final Op answer;
    private final Op end;
    private final Map<Long, Integer> files = new TreeMap<>(); // and how many fields each has

    Channel(String name) {
      this.name = name;
      this.thread =
          Executors.newSingleThreadExecutor(
              body -> {
                Thread made = new Thread(body, "juxta-records-" + name);
                made.setDaemon(true);
                return made;
              });
      Ops tf = graph.tf();
      number = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      problem = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
      FifoQueue answers = RecordQueues.answers(tf, name);
      answer = tf.io.queueEnqueue(answers, List.of(number, problem));
      end = tf.destroyResourceOp(answers);
    }

    void take(Request request) {
      thread.execute(
          () -> {
            String wrong = wrong(request);
            try (Tensor own = TInt64.scalarOf(request.numbers()[RecordQueues.NUMBER]);
                Tensor words = TString.scalarOf(wrong)) {
              graph.run(Map.of(number, own, problem, words), List.of(), List.of(answer)).close();
            }
          });
    }

    /** After what was asked for. */
    void finish() {
      thread.execute(graph::close);
      thread.shutdown();
    }

    /** Whoever asked is gone, and will not take the answers. */
    void end() {
      thread.execute(
          () -> {
            files.keySet().forEach(this::delete);
            graph.run(Map.of(), List.of(), List.of(end)).close();
            graph.close();
          });
      thread.shutdown();
    }

    private String wrong(Request request) {
      try {
        long forget = request.numbers()[RecordQueues.FORGET];
        List.copyOf(files.keySet()).stream().filter(file -> file < forget).forEach(this::delete);
        files.keySet().removeIf(file -> file < forget);
        List<String> names = request.words().subList(RecordQueues.FIELDS, request.words().size());
        if (!names.isEmpty()) {
          read(request, names);
        }
        return "";
      } catch (UserException e) {
        return String.join("; ", e.problems());
      } catch (IOException e) {
        return "cannot write to " + scratch.folder() + " (" + e.getMessage() + "); make room there";
      } catch (RuntimeException | Error e) {
        return "cannot read its data (" + e + "); report it to the author of the data's reader";
      }
    }

    private void read(Request request, List<String> names) throws IOException {
      Split split =
          data.apply(request.words().get(RecordQueues.FOLD))
              .split(request.words().get(RecordQueues.SPLIT));
      List<Field> fields = names.stream().map(split::field).toList();
      long file = request.numbers()[RecordQueues.FILE];
      files.put(file, fields.size());
      Map<Field, Tensor> read = RecordTensors.of(split, fields, request.records());
      try {
        for (int i = 0; i < fields.size(); i++) {
          write(read.get(fields.get(i)), path(file, i));
        }
      } finally {
        read.values().forEach(Tensor::close);
      }
    }

    private void write(Tensor tensor, Path file) throws IOException {
      ByteDataBuffer from = tensor.asRawTensor().data();
      try (FileChannel to =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        byte[] piece = new byte[(int) Math.min(PIECE, from.size())];
        for (long at = 0; at < from.size(); at += piece.length) {
          int length = (int) Math.min(piece.length, from.size() - at);
          from.slice(at, length).read(piece, 0, length);
          ByteBuffer bytes = ByteBuffer.wrap(piece, 0, length);
          while (bytes.hasRemaining()) {
            to.write(bytes);
          }
        }
      }
    }

    private Path path(long file, int field) {
      return scratch.folder().resolve(RecordQueues.file(name, file, field));
    }

    private void delete(long file) {
      for (int i = 0; i < files.getOrDefault(file, 0); i++) {
        try {
          Files.deleteIfExists(path(file, i));
        } catch (IOException e) {
          continue; // it goes with the folder
        }
      }
    }
  }
}
