package juxta.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Several devices at one pass over a split, side by side; what they make is taken in order. */
final class Lanes {
  /** Batches that one device may be ahead. */
  private static final int AHEAD = 2;

  private Lanes() {}

  /** What a device has made, or what kept it from it. */
  private record Outcome(Lane.Made made, Throwable fault) {}

  /**
   * Goes through all batches: the first from the first lane, the second from the second, …
   *
   * @param count of lanes
   * @param open makes a lane, on a thread of its own
   * @param batches how many there are
   * @param rows takes the outputs, in order; what it throws ends the pass
   */
  static void run(int count, IntFunction<Lane> open, long batches, Inference.Rows rows) {
    List<BlockingQueue<Outcome>> made = new ArrayList<>();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            count,
            body -> {
              Thread thread = new Thread(body, "juxta-lane");
              thread.setDaemon(true);
              return thread;
            });
    try {
      for (int i = 0; i < count; i++) {
        int number = i;
        BlockingQueue<Outcome> queue = new ArrayBlockingQueue<>(AHEAD);
        made.add(queue);
        long own = (batches - number + count - 1) / count;
        threads.execute(() -> run(() -> open.apply(number), own, queue));
      }
      for (long batch = 0; batch < batches; batch++) {
        Outcome next = made.get((int) (batch % count)).take();
        if (next.fault() instanceof Error error) {
          throw error;
        }
        if (next.fault() != null) {
          throw next.fault() instanceof RuntimeException known
              ? known
              : new IllegalStateException(next.fault());
        }
        next.made().to(rows);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a device", e);
    } finally {
      end(threads);
    }
  }

  private static void run(Supplier<Lane> open, long batches, BlockingQueue<Outcome> made) {
    try {
      try (Lane lane = open.get()) {
        for (long i = 0; i < batches; i++) {
          made.put(new Outcome(lane.next(), null));
        }
      } catch (RuntimeException | Error e) {
        made.put(new Outcome(null, e));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the pass has ended
    }
  }

  /** The devices end the batch that they are at: their graphs are closed by then. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    try {
      threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
