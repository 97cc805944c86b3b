package juxta.launcher.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C into a wish that the engine sees after the current step: the process waits until the
 * run is saved before it ends.
 */
final class Stop implements BooleanSupplier, AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final AtomicBoolean wanted = new AtomicBoolean();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook;

  Stop(Terminal terminal) {
    hook =
        new Thread(
            () -> {
              wanted.set(true);
              terminal.say("stopping after this step, saving");
              try {
                if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  terminal.say("gave up waiting; the last checkpoint is whole");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public boolean getAsBoolean() {
    return wanted.get();
  }

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
