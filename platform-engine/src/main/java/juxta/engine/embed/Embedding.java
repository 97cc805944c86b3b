package juxta.engine.embed;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import juxta.api.Dataset;
import juxta.api.ModelFunction;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.engine.run.Choices;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.Inference;
import juxta.engine.train.Interruption;
import juxta.engine.train.Monitor;
import juxta.toolkit.io.CsvRows;

/**
 * Writes what a function of a model makes of all records to a file, a batch at a time. A process
 * that was killed, or a shard, makes the same bytes as one that does all at once, since batches
 * hold the same records in each.
 */
public final class Embedding {
  private static final long SAVE_NANOS = 2_000_000_000L;

  private final FrozenModel model;
  private final Dataset data;
  private final Inference inference;
  private final Subject subject;
  private final Monitor monitor;
  private final Consumer<String> say;
  private final BooleanSupplier stop;

  /**
   * What is wanted.
   *
   * @param function name of the function
   * @param output which of its outputs; if empty, {@code embedding}, or the only one that it has
   * @param splits names of the splits; if there are none, all but {@link Dataset#REVEALED}
   */
  public record Wanted(String function, Optional<String> output, List<String> splits) {}

  /**
   * Prepares.
   *
   * @param model the model
   * @param choices what was chosen for its run
   * @param data the records
   * @param wanted what is wanted of them
   * @param monitor is told how far it is
   * @param say takes lines for the user
   * @param stop becomes true when the user wants to stop
   * @throws UserException if the model lacks the function, or the records do not fit it
   */
  public Embedding(
      FrozenModel model,
      Choices choices,
      Dataset data,
      Wanted wanted,
      Monitor monitor,
      Consumer<String> say,
      BooleanSupplier stop) {
    this.model = model;
    this.data = data;
    this.monitor = monitor;
    this.say = say;
    this.stop = stop;
    this.inference = new Inference(choices.seed(), choices.helped(), Monitor.SILENT);
    List<Piece> pieces = pieces(data, wanted.splits());
    ModelFunction function = model.function(wanted.function());
    int batch = Inference.BATCH;
    for (Piece piece : pieces) {
      Split split = data.split(piece.split());
      Fit.check(function, data, split);
      int own = Fit.differ(function, split) ? 1 : Inference.batch(function, split);
      batch = Math.min(batch, own);
    }
    this.subject =
        new Subject(
            choices.method().id(),
            ModelHash.of(model, choices),
            data.fingerprint(),
            function.name(),
            output(function.name(), wanted.output(), data.split(pieces.get(0).split())),
            pieces,
            batch);
  }

  private static List<Piece> pieces(Dataset data, List<String> names) {
    Set<String> chosen = new LinkedHashSet<>(names.isEmpty() ? data.splits().keySet() : names);
    if (names.isEmpty()) {
      chosen.remove(Dataset.REVEALED);
    } else if (chosen.contains(Dataset.REVEALED)) {
      throw new UserException(
          "split '"
              + Dataset.REVEALED
              + "' holds the records of '"
              + Dataset.TRAIN
              + "'; name that in --split");
    }
    return chosen.stream().map(name -> new Piece(name, data.split(name).size())).toList();
  }

  private String output(String function, Optional<String> wanted, Split split) {
    Set<String> outputs = inference.outputs(model, function, split);
    if (wanted.isPresent() && !outputs.contains(wanted.get())) {
      throw new UserException(
          "function '" + function + "' has no output '" + wanted.get() + "'; it has " + outputs);
    }
    if (wanted.isEmpty() && !outputs.contains(ModelFunction.EMBEDDING) && outputs.size() > 1) {
      throw new UserException(
          "function '"
              + function
              + "' has the outputs "
              + String.join(", ", outputs)
              + "; choose one by --output");
    }
    return wanted.orElse(
        outputs.contains(ModelFunction.EMBEDDING)
            ? ModelFunction.EMBEDDING
            : outputs.iterator().next());
  }

  /**
   * Refuses early what {@link #write} would refuse.
   *
   * @param target where the rows are to go
   * @param force whether what is there may be written over
   * @throws UserException if something is there, or another process makes it
   */
  public static void check(Target target, boolean force) {
    Draft.open(target, force).close();
  }

  /**
   * Writes the rows, from where an earlier process was stopped.
   *
   * @param target where they go
   * @param force whether what is there may be written over
   * @return what was written
   * @throws UserException if something is there, cannot be written, or was begun with another model
   * @throws Interruption if the user stopped it
   */
  public Embedded write(Target target, boolean force) {
    Shard shard = target.shard();
    long batches = subject.batches();
    if (shard.count() > batches) {
      throw new UserException(
          "--shard "
              + shard.index()
              + "/"
              + shard.count()
              + ": the data have "
              + batches
              + (batches == 1 ? " batch" : " batches")
              + " of "
              + subject.batch()
              + (subject.batch() == 1 ? " row," : " rows,")
              + " which are not split further; take at most "
              + batches
              + (batches == 1 ? " shard" : " shards"));
    }
    try (Draft draft = Draft.open(target, force)) {
      draft.check(subject);
      if (draft.state().filter(State::isWhole).isEmpty()) {
        monitor.phase("embedding", 0, 0, 0);
        try {
          draft.goOn();
          new Pass(draft, target).run(shard.from(batches), shard.to(batches));
        } finally {
          monitor.end();
        }
      }
      return draft.publish();
    }
  }

  /** All batches of a shard that are not done. */
  private final class Pass {
    private final Draft draft;
    private final Target target;
    private final RowNames names = new RowNames(data);
    private List<Long> shape;
    private long wanted;
    private long done;
    private long saved = System.nanoTime() - SAVE_NANOS; // the first batch is saved at once

    Pass(Draft draft, Target target) {
      this.draft = draft;
      this.target = target;
      this.shape = draft.state().map(State::shape).orElse(List.of());
      this.done = draft.state().map(State::rows).orElse(0L);
    }

    void run(long from, long to) {
      long first = subject.rowsBefore(from);
      wanted = subject.rowsBefore(to) - first;
      if (done > 0) {
        say.accept("going on after row " + done + " of " + wanted);
      }
      long before = 0; // batches of the splits before
      long row = 0;
      for (Piece piece : subject.splits()) {
        long batches = subject.batches(piece);
        long resumed = Math.max(0, first + done - row + subject.batch() - 1) / subject.batch();
        long begin = Math.max(Math.max(0, from - before), resumed);
        long end = Math.min(batches, to - before);
        if (begin < end) {
          embed(piece.split(), row, begin, end);
        }
        before += batches;
        row += piece.rows();
      }
      draft.save(subject, done, wanted, shape);
    }

    private void embed(String name, long row, long begin, long end) {
      Split split = data.split(name);
      Inference.Rows take = (from, rows) -> take(name, split, row, from, rows);
      String function = subject.function();
      String output = subject.output();
      int batch = subject.batch();
      if (batch == 1) {
        inference.oneByOne(model, function, split, output, begin, end, take);
      } else {
        inference.stream(model, function, split, output, batch, begin, end, take);
      }
    }

    private void take(String name, Split split, long before, int from, Value rows) {
      int count = Math.min(subject.batch(), split.size() - from);
      begin(count, rows.shape());
      List<List<String>> cells = new ArrayList<>();
      CsvRows table = new CsvRows();
      for (int i = 0; i < count; i++) {
        cells.add(names.of(before + from + i, name, split, from + i));
        table.row(cells.get(i));
      }
      draft.append(target.form().body(cells, rows), table.take());
      done += count;
      monitor.progress(done, wanted, "rows");
      boolean stopping = stop.getAsBoolean();
      if (stopping || System.nanoTime() - saved >= SAVE_NANOS) {
        draft.save(subject, done, wanted, shape);
        saved = System.nanoTime();
      }
      if (stopping && done < wanted) {
        throw new Interruption(
            "stopped after row "
                + done
                + " of "
                + wanted
                + "; the same command goes on from there");
      }
    }

    private void begin(int count, List<Long> made) {
      if (made.isEmpty() || made.get(0) != count) {
        throw new UserException(
            "function '"
                + subject.function()
                + "' makes no row of each record ("
                + subject.output()
                + " of "
                + count
                + " records has the shape "
                + made
                + "); choose another --function or --output");
      }
      List<Long> own = made.subList(1, made.size());
      if (done == 0) {
        shape = List.copyOf(own);
        draft.begin(subject, wanted, shape);
      } else if (!shape.equals(own)) {
        throw new UserException(
            "function '"
                + subject.function()
                + "' makes rows of shape "
                + shape
                + " and "
                + own
                + ", which are no matrix; choose another --function or --split");
      }
    }
  }
}
