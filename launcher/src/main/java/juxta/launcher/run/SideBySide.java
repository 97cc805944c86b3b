package juxta.launcher.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import juxta.engine.train.Interruption;
import juxta.toolkit.io.Json;

/**
 * Runs of a comparison in processes of their own, several at once. A process is given the number of
 * its run, writes what it has to say to its output, and what became of the run as a line that
 * begins with {@link #OUTCOME}. Its input ends when whoever leads the comparison is gone.
 */
public final class SideBySide {
  /** What the line with the outcome begins with; JSON follows. */
  public static final String OUTCOME = "outcome of the run: ";

  private static final long LOOK_MILLIS = 200;

  /** Starts a process. */
  @FunctionalInterface
  public interface Starter {
    /**
     * Starts a process.
     *
     * @param number number of the run, from 1
     * @return the process, whose input and output are pipes
     * @throws IOException if there can be none
     */
    Process start(int number) throws IOException;
  }

  /** Is told how runs go, by their numbers; from one thread at a time. */
  public interface Listener {
    /**
     * A run says something.
     *
     * @param number number of the run
     * @param line what it says
     */
    void said(int number, String line);

    /**
     * A run has ended.
     *
     * @param number number of the run
     */
    void ended(int number);
  }

  private final int jobs;
  private final Starter starter;
  private final Listener listener;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /**
   * Prepares.
   *
   * @param jobs how many run at once
   * @param starter starts the processes
   * @param listener is told how runs go
   */
  public SideBySide(int jobs, Starter starter, Listener listener) {
    this.jobs = jobs;
    this.starter = starter;
    this.listener = listener;
  }

  /**
   * The line that says what became of a run.
   *
   * @param outcome what became of it
   * @return the line
   */
  public static String line(RunOutcome outcome) {
    return OUTCOME + new String(Json.bytes(outcome), StandardCharsets.UTF_8);
  }

  /**
   * Carries runs out, and returns when the last has ended.
   *
   * @param numbers their numbers, from 1
   * @param stop becomes true when the user wants to stop: the processes are asked to save then
   * @param ended is told what became of each; from one thread at a time
   * @throws Interruption if the user stopped it
   */
  void carryOut(
      List<Integer> numbers, BooleanSupplier stop, BiConsumer<Integer, RunOutcome> ended) {
    Queue<Integer> left = new ConcurrentLinkedQueue<>(numbers);
    ExecutorService threads = Executors.newFixedThreadPool(jobs);
    List<Future<?>> lanes = new ArrayList<>();
    AtomicInteger done = new AtomicInteger();
    try {
      for (int i = 0; i < Math.min(jobs, numbers.size()); i++) {
        lanes.add(
            threads.submit(
                () ->
                    lane(
                        left,
                        stop,
                        (number, outcome) -> {
                          done.incrementAndGet();
                          ended.accept(number, outcome);
                        })));
      }
      for (Future<?> lane : lanes) {
        await(lane, stop);
      }
    } finally {
      threads.shutdown();
      running.forEach(SideBySide::end);
    }
    if (done.get() < numbers.size()) {
      throw new Interruption(
          "stopped with "
              + done
              + " of "
              + numbers.size()
              + " runs done; the same command with --resume goes on from there");
    }
  }

  private void lane(
      Queue<Integer> left, BooleanSupplier stop, BiConsumer<Integer, RunOutcome> ended) {
    Integer number = left.poll();
    while (number != null && !stop.getAsBoolean()) {
      Optional<RunOutcome> outcome = one(number, stop);
      synchronized (this) {
        listener.ended(number);
        if (outcome.isPresent()) {
          ended.accept(number, outcome.get());
        }
      }
      number = left.poll();
    }
  }

  private void await(Future<?> lane, BooleanSupplier stop) {
    boolean asked = false;
    while (true) {
      try {
        lane.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        if (stop.getAsBoolean() && !asked) {
          running.forEach(SideBySide::end);
          asked = true;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** Empty if it was stopped before its end. */
  private Optional<RunOutcome> one(int number, BooleanSupplier stop) {
    Process process = null;
    try {
      process = starter.start(number);
      running.add(process);
      if (stop.getAsBoolean()) {
        end(process);
      }
      Optional<RunOutcome> outcome = Optional.empty();
      try (BufferedReader lines = process.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith(OUTCOME)) {
            outcome = Optional.of(parsed(line.substring(OUTCOME.length())));
          } else {
            synchronized (this) {
              listener.said(number, line);
            }
          }
        }
      }
      int status = process.waitFor();
      if (outcome.isEmpty() && !stop.getAsBoolean()) {
        return Optional.of(
            RunOutcome.lost(
                "its process ended with status "
                    + status
                    + " before the run was done; --resume goes on with it"));
      }
      return outcome;
    } catch (IOException e) {
      return stop.getAsBoolean()
          ? Optional.empty()
          : Optional.of(
              RunOutcome.lost("its process cannot be started or read: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      if (process != null) {
        running.remove(process);
        process.destroy();
      }
    }
  }

  /** Asks it to save and end; what it says of that is still read. */
  private static void end(Process process) {
    process.toHandle().destroy();
  }

  private static RunOutcome parsed(String json) throws IOException {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), RunOutcome.class);
  }
}
