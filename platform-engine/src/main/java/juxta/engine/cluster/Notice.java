package juxta.engine.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import juxta.api.UserException;
import juxta.toolkit.graph.Remote;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TString;

/**
 * What a worker says of the data that it has: a variable on its server, which leaders read.
 *
 * @param state whether it has any
 * @param fingerprint of the data
 * @param form sizes and fields of the splits, in words
 * @param folder where it lays the records that it is asked for
 * @param why it has none
 */
public record Notice(State state, String fingerprint, String form, String folder, String why) {
  private static final String NAME = "juxta.notice";
  private static final int BRIEF = 12;
  private static final long LOOK = 200;

  /** Whether a worker has data. */
  public enum State {
    /** It was told which, and other data are a mistake. */
    HAS,
    /** It was told nothing, and other data are left alone. */
    OFFERS,
    /** It has none. */
    LACKS
  }

  /**
   * Says it.
   *
   * @param own the server of this process
   */
  public void publish(Remote own) {
    try (ServerGraph graph = new ServerGraph(own)) {
      Ops tf = graph.tf();
      Operand<TString> words =
          tf.constant(
              NdArrays.vectorOfObjects(
                  state.name().toLowerCase(Locale.ROOT), fingerprint, form, folder, why));
      Op said = tf.assignVariableOp(variable(tf), words);
      graph.run(Map.of(), List.of(), List.of(said)).close();
    }
  }

  private static VarHandleOp variable(Ops tf) {
    return tf.varHandleOp(TString.class, Shape.unknown(), VarHandleOp.sharedName(NAME));
  }

  /** What a worker says, which may have to open its data first. */
  private static Notice of(Workers workers, Address worker) {
    String slow =
        "worker "
            + worker
            + " has not opened its data after "
            + workers.seconds()
            + " s; raise --worker-timeout, or start it without --data";
    try (ServerGraph graph = new ServerGraph(workers.remote(worker, slow))) {
      Ops tf = graph.tf();
      VarHandleOp variable = variable(tf);
      Operand<TBool> there = tf.varIsInitializedOp(variable);
      Operand<TString> read = tf.readVariableOp(variable, TString.class);
      long end = System.nanoTime() + workers.seconds() * 1_000_000_000L;
      while (!isThere(graph, there)) {
        if (System.nanoTime() > end) {
          throw new UserException(slow);
        }
        Thread.sleep(LOOK);
      }
      try (Result result = graph.run(Map.of(), List.of(read), List.of())) {
        TString words = (TString) result.get(0);
        return new Notice(
            State.valueOf(words.getObject(0).toUpperCase(Locale.ROOT)),
            words.getObject(1),
            words.getObject(2),
            words.getObject(3),
            words.getObject(4));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a worker", e);
    }
  }

  private static boolean isThere(ServerGraph graph, Operand<TBool> there) {
    try (Result result = graph.run(Map.of(), List.of(there), List.of())) {
      return ((TBool) result.get(0)).getBoolean();
    }
  }

  /**
   * The workers that have the data of a run.
   *
   * @param workers all
   * @param fingerprint of the run's data
   * @param form of the run's data
   * @param warn is told of workers that were to have data and are fed all the same
   * @return what they say, by address
   * @throws UserException if one was told to have data, and has others
   */
  public static Map<Address, Notice> agreed(
      Workers workers, String fingerprint, String form, Consumer<String> warn) {
    Map<Address, Notice> agreed = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Address worker : workers.readers()) {
      Notice notice = of(workers, worker);
      Optional<String> objection = notice.objection(fingerprint, form);
      if (objection.isEmpty()) {
        agreed.put(worker, notice);
      } else if (notice.state() == State.HAS) {
        problems.add(
            "worker "
                + worker
                + " "
                + objection.get()
                + "; start it with this run's --data and --set data.…, or without --data to be fed");
      } else {
        warn.accept("worker " + worker + " " + objection.get() + "; it is fed from here");
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return agreed;
  }

  private Optional<String> objection(String wanted, String wantedForm) {
    if (state == State.LACKS) {
      return Optional.of("has no data of its own (" + why + ")");
    }
    if (!fingerprint.equals(wanted)) {
      return Optional.of(
          "has other data: their fingerprint is "
              + brief(fingerprint)
              + ", that of this run's "
              + brief(wanted));
    }
    return form.equals(wantedForm)
        ? Optional.empty()
        : Optional.of("reads its data otherwise: " + form + ", here " + wantedForm);
  }

  /**
   * A fingerprint for people.
   *
   * @param fingerprint the whole
   * @return its beginning
   */
  public static String brief(String fingerprint) {
    return fingerprint.length() <= BRIEF ? fingerprint : fingerprint.substring(0, BRIEF);
  }
}
