package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The same construction several times over, side by side: each goes on until it meets the others,
 * and only one goes on at any time, always in the same order. So a layer deep inside a network can
 * be given what that layer of all constructions has made.
 */
final class Lockstep {
  private final int constructions;
  private final IntConsumer turned;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Object> deposits = new ArrayList<>();
  private final boolean[] ended;
  private int turn;
  private int meetings;
  private Object merged;
  private Throwable fault;

  /**
   * Prepares.
   *
   * @param constructions how many
   * @param turned is told whose turn it is; -1 while what all have brought is merged, and at the
   *     end
   */
  Lockstep(int constructions, IntConsumer turned) {
    this.constructions = constructions;
    this.turned = turned;
    this.ended = new boolean[constructions];
  }

  /** Runs all constructions and gives what each has made. */
  <R> List<R> run(IntFunction<R> construction) {
    List<R> made = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < constructions; i++) {
      int number = i;
      made.add(null);
      Thread thread =
          new Thread(
              () -> alone(number, () -> made.set(number, construction.apply(number))),
              "juxta-part-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    threads.forEach(Lockstep::join);
    turned.accept(-1);
    if (fault instanceof RuntimeException e) {
      throw e;
    }
    if (fault instanceof Error e) {
      throw e;
    }
    return made;
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // what is half built can be neither kept nor left
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void alone(int number, Runnable body) {
    lock.lock();
    try {
      await(number);
      body.run();
      if (!deposits.isEmpty()) {
        throw different();
      }
      ended[number] = true;
      turn = number + 1;
      if (turn == constructions && !allEnded()) {
        throw different();
      }
    } catch (RuntimeException | Error e) {
      if (fault == null) {
        fault = e;
      }
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  private boolean allEnded() {
    for (boolean one : ended) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  private static IllegalStateException different() {
    return new IllegalStateException(
        "the parts of a batch were not treated alike: a network must not depend on how many records"
            + " it is given");
  }

  /** Waits for its turn. */
  private void await(int number) {
    while (turn != number && fault == null) {
      changed.awaitUninterruptibly();
    }
    if (fault != null) {
      throw new IllegalStateException("another part failed", fault);
    }
    turned.accept(number);
  }

  /**
   * Brings something to a meeting of all constructions, and takes what is made of all of it.
   *
   * @param number whose it is
   * @param brought what it brings
   * @param merge makes one thing of what all have brought; done once
   * @return what was made
   */
  @SuppressWarnings("unchecked") // all bring the same, at the same place of the same code
  <V, R> R meet(int number, V brought, Function<List<V>, R> merge) {
    if (deposits.size() != number) {
      throw different();
    }
    deposits.add(brought);
    int meeting = meetings;
    if (number == constructions - 1) {
      turned.accept(-1);
      List<V> all = (List<V>) List.copyOf(deposits);
      deposits.clear();
      merged = merge.apply(all);
      meetings++;
      turn = 0;
    } else {
      turn = number + 1;
    }
    changed.signalAll();
    await(number);
    if (meetings != meeting + 1) {
      throw different();
    }
    return (R) merged;
  }

  /** Does something as no construction in particular, in the middle of one. */
  <R> R outside(int number, Supplier<R> what) {
    turned.accept(-1);
    try {
      return what.get();
    } finally {
      turned.accept(number);
    }
  }
}
