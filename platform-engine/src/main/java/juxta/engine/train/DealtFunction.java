package juxta.engine.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Value;

/**
 * A function of a model on several devices, each of which has the weights. One batch goes to the
 * first device, and of many the first goes to the first, the second to the second, and so on.
 */
final class DealtFunction implements Evaluation.Applied {
  /** Batches that one device may be ahead. */
  private static final int AHEAD = 2;

  private final AppliedFunction first;
  private final List<AppliedFunction> others = new ArrayList<>();
  private final List<ExecutorService> threads = new ArrayList<>();
  private final Placement placement;
  private final Remade remade;

  /** Makes the function on a device. */
  @FunctionalInterface
  interface Remade {
    AppliedFunction on(String device);
  }

  /**
   * Prepares. The other devices take the weights when there is something to deal out.
   *
   * @param first the function on the first device
   * @param placement names the devices
   * @param remade makes it on the others
   */
  DealtFunction(AppliedFunction first, Placement placement, Remade remade) {
    this.first = first;
    this.placement = placement;
    this.remade = remade;
  }

  /** A function, dealt out if there are devices for that. */
  static Evaluation.Applied of(
      FrozenModel model, String function, List<Field> inputs, long seed, Placement placement) {
    List<String> devices = placement.devices();
    if (devices.size() < 2) {
      return new AppliedFunction(model, function, inputs, seed, placement.here(Precision.FLOAT32));
    }
    Remade on = device -> new AppliedFunction(model, function, inputs, seed, placement, device);
    return new DealtFunction(on.on(devices.get(0)), placement, on);
  }

  @Override
  public void each(Iterator<Map<String, Value>> batches, String output, Consumer<Value> rows) {
    List<AppliedFunction> all = all();
    Deque<Future<Value>> under = new ArrayDeque<>();
    long dealt = 0;
    try {
      while (batches.hasNext()) {
        Map<String, Value> batch = batches.next();
        int device = (int) (dealt++ % all.size());
        under.add(threads.get(device).submit(() -> all.get(device).run(batch, output)));
        if (under.size() > AHEAD * all.size()) {
          rows.accept(made(under.remove()));
        }
      }
      while (!under.isEmpty()) {
        rows.accept(made(under.remove()));
      }
    } finally {
      under.forEach(future -> future.cancel(false));
    }
  }

  private List<AppliedFunction> all() {
    if (threads.isEmpty()) {
      List<String> devices = placement.devices();
      devices.subList(1, devices.size()).forEach(device -> others.add(remade.on(device)));
      for (int i = 0; i < devices.size(); i++) {
        threads.add(Executors.newSingleThreadExecutor(DealtFunction::thread));
      }
    }
    List<AppliedFunction> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return all;
  }

  private static Thread thread(Runnable body) {
    Thread thread = new Thread(body, "juxta-device");
    thread.setDaemon(true);
    return thread;
  }

  private static Value made(Future<Value> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a device", e);
    }
  }

  @Override
  public Value run(Map<String, Value> batch, String output) {
    return first.run(batch, output);
  }

  @Override
  public Value records(List<Map<String, Value>> records, String output) {
    return first.records(records, output);
  }

  @Override
  public Optional<String> objection(Map<String, Value> record) {
    return first.objection(record);
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdown);
    for (ExecutorService thread : threads) { // their graphs are closed next
      try {
        thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    others.forEach(AppliedFunction::close);
    first.close();
  }
}
