package juxta.launcher.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import juxta.launcher.plugins.PluginWatch;

/**
 * Turns Ctrl-C into a wish that the engine sees after the current step: the process waits until the
 * run is saved, and what became of it was said, before it ends.
 */
final class Stop implements BooleanSupplier, AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final int patience;
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Terminal terminal;
  private final Thread hook = new Thread(this::stop, "stop");

  Stop(Terminal terminal) {
    this(terminal, PATIENCE_SECONDS);
  }

  /** With another number of seconds to wait for the run. */
  Stop(Terminal terminal, int patience) {
    this.terminal = terminal;
    this.patience = patience;
  }

  /** From now on Ctrl-C waits for the run; before, it ends the process at once. */
  void arm() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      wanted.set(true); // the process is ending already
    }
  }

  /** What Ctrl-C does. */
  void stop() {
    if (finished.getCount() == 0) {
      return; // the process ends because all is done
    }
    if (PluginWatch.isExiting()) {
      return; // what asked for that does not come back to finish a step
    }
    wanted.set(true);
    terminal.say("stopping after this step, saving");
    try {
      if (!finished.await(patience, TimeUnit.SECONDS)) {
        terminal.say("gave up waiting; a checkpoint that was there before is whole");
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
