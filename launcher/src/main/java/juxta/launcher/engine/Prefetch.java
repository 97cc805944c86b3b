package juxta.launcher.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;

/** Prepares the tensors of the next step on another thread while the device works on this one. */
final class Prefetch implements AutoCloseable {
  /** What a step is fed. */
  record Prepared(long step, Map<String, int[]> records, Map<Operand<?>, Tensor> tensors)
      implements AutoCloseable {
    @Override
    public void close() {
      tensors.values().forEach(Tensor::close);
    }
  }

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread t = new Thread(task, "prefetch");
            t.setDaemon(true);
            return t;
          });
  private final LongFunction<Prepared> prepare;
  private final long steps;
  private final Map<Long, Future<Prepared>> ahead = new LinkedHashMap<>();

  Prefetch(long steps, LongFunction<Prepared> prepare) {
    this.steps = steps;
    this.prepare = prepare;
  }

  /** The tensors of a step; the caller closes them. */
  Prepared take(long step) {
    Future<Prepared> ready = ahead.remove(step);
    if (ready == null) {
      ready = thread.submit(() -> prepare.apply(step));
    }
    if (step + 1 < steps) {
      ahead.computeIfAbsent(step + 1, next -> thread.submit(() -> prepare.apply(next)));
    }
    try {
      return ready.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for data", e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    for (Future<Prepared> future : ahead.values()) {
      try {
        future.get().close();
      } catch (ExecutionException e) {
        // the batch was never asked for, so its fault does not matter
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
