package juxta.launcher.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C into a wish that the engine sees after the current step: the process waits until the
 * run is saved, and what became of it was said, before it ends.
 */
final class Stop implements BooleanSupplier, AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final AtomicBoolean wanted = new AtomicBoolean();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Terminal terminal;
  private final Thread hook = new Thread(this::stop, "stop");

  Stop(Terminal terminal) {
    this.terminal = terminal;
  }

  /** From now on Ctrl-C waits for the run; before, it ends the process at once. */
  void arm() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      wanted.set(true); // the process is ending already
    }
  }

  private void stop() {
    if (finished.getCount() == 0) {
      return; // the process ends because all is done
    }
    wanted.set(true);
    terminal.say("stopping after this step, saving");
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        terminal.say("gave up waiting; the last checkpoint is whole");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean getAsBoolean() {
    return wanted.get();
  }

  /** Lets the process end: the last message was printed. */
  @Override
  public void close() {
    finished.countDown();
    if (!wanted.get()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        finished.countDown(); // the process is ending already
      }
    }
  }
}
