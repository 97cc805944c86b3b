package juxta.engine.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.LongFunction;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;

/**
 * Prepares the tensors of the next steps on another thread while the device works, one step after
 * the other, so far ahead as memory allows: one slow batch does not stop the device then.
 */
final class Prefetch implements AutoCloseable {
  /** Most batches that lie ready. */
  static final int MOST = 8;

  /** Most bytes that lie ready, unless a single batch has more. */
  private static final long ROOM = 512L << 20;

  /** What a step is fed. */
  record Prepared(long step, Map<String, int[]> records, Map<Operand<?>, Tensor> tensors)
      implements AutoCloseable {
    long bytes() {
      return tensors.values().stream().mapToLong(Tensor::numBytes).sum();
    }

    @Override
    public void close() {
      tensors.values().forEach(Tensor::close);
    }
  }

  private final LongFunction<Prepared> prepare;
  private final long steps;
  private final long room;
  private final Deque<Prepared> ready = new ArrayDeque<>();
  private Thread thread;
  private Throwable fault;
  private long bytes;
  private boolean closed;

  Prefetch(long steps, LongFunction<Prepared> prepare) {
    this(steps, ROOM, prepare);
  }

  Prefetch(long steps, long room, LongFunction<Prepared> prepare) {
    this.steps = steps;
    this.room = room;
    this.prepare = prepare;
  }

  /**
   * The tensors of a step; the caller closes them.
   *
   * @param step any at first, then one after the other
   */
  synchronized Prepared take(long step) {
    if (thread == null) {
      thread = new Thread(() -> run(step), "prefetch");
      thread.setDaemon(true);
      thread.start();
    }
    try {
      while (ready.isEmpty() && fault == null) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for data", e);
    }
    if (ready.isEmpty()) {
      if (fault instanceof Error error) {
        throw error;
      }
      throw fault instanceof RuntimeException known ? known : new IllegalStateException(fault);
    }
    Prepared next = ready.remove();
    bytes -= next.bytes();
    notifyAll();
    return next;
  }

  private void run(long from) {
    try {
      for (long step = from; step < steps && mayGoOn(); step++) {
        keep(prepare.apply(step));
      }
    } catch (
        Throwable e) { // a reader may throw what it does not declare: nobody would wait for more
      fail(e);
    }
  }

  /** Waits until there is room; the next batch is taken to be as large as those that lie ready. */
  private synchronized boolean mayGoOn() {
    try {
      while (!closed
          && !ready.isEmpty()
          && (ready.size() >= MOST || bytes + bytes / ready.size() > room)) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
    return !closed;
  }

  private synchronized void keep(Prepared prepared) {
    if (closed) {
      prepared.close();
      return;
    }
    ready.add(prepared);
    bytes += prepared.bytes();
    notifyAll();
  }

  /** A fault matters when the batches before it have been taken. */
  private synchronized void fail(Throwable e) {
    fault = e;
    notifyAll();
  }

  /** Gives up what lies ready and waits for the batch in the making. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      ready.forEach(Prepared::close);
      ready.clear();
      notifyAll();
    }
    if (thread != null) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
