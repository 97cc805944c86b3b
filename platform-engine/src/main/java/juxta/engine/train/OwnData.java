package juxta.engine.train;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.engine.cluster.Address;
import juxta.engine.cluster.Notice;
import juxta.engine.cluster.Workers;

/** What the workers of a run have of its data themselves. */
public final class OwnData {
  private final Workers workers;
  private final Map<Address, Notice> notices;
  private final String fold;

  /** Nobody else's: what a run that was killed left at a worker must not be met. */
  private final String run = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

  private final AtomicLong channels = new AtomicLong();

  private OwnData(Workers workers, Map<Address, Notice> notices, String fold) {
    this.workers = workers;
    this.notices = notices;
    this.fold = fold;
  }

  /** What they have, empty if none of them has the data. */
  static Optional<OwnData> agreed(
      Workers workers, Dataset whole, String fold, Consumer<String> warn) {
    Map<Address, Notice> notices = Notice.agreed(workers, whole.fingerprint(), form(whole), warn);
    return notices.isEmpty() ? Optional.empty() : Optional.of(new OwnData(workers, notices, fold));
  }

  /** Sizes and fields of the splits: data of one content may be read in several ways. */
  static String form(Dataset data) {
    return data.splits().entrySet().stream()
        .map(
            split ->
                split.getKey()
                    + " "
                    + split.getValue().size()
                    + " x "
                    + split.getValue().fields().stream()
                        .map(OwnData::words)
                        .collect(Collectors.joining(" ")))
        .collect(Collectors.joining(", "));
  }

  private static String words(Field field) {
    return field.name() + ":" + field.type() + field.shape().toString().replace(" ", "");
  }

  /**
   * Who reads what a device needs.
   *
   * @param device TensorFlow's name
   * @return the worker, empty for a device that is fed by this process
   */
  Optional<Address> reader(String device) {
    return workers.workerOf(device).filter(notices::containsKey);
  }

  /** A new way to ask a worker. */
  RecordChannel channel(Address worker) {
    String slow =
        "worker "
            + worker
            + " did not read its records within "
            + workers.seconds()
            + " s; see what its disk does, or raise --worker-timeout; go on with --resume";
    return new RecordChannel(
        worker,
        workers.remote(worker, slow),
        notices.get(worker).folder(),
        run + "." + channels.incrementAndGet(),
        fold);
  }
}
