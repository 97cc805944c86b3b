package juxta.launcher.plugins;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import juxta.api.Component;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.Service;

/**
 * Names what a plug-in does to the whole process while it is used, which nothing throws: it ends
 * the process, or a class of it never comes to the end of its static initialiser. What halts Java
 * at once cannot be named.
 */
public final class PluginWatch implements AutoCloseable {
  private static final String REMEDY = "report it to the plug-in's author, or remove the jar";
  private static final String INITIALISER = "<clinit>";

  private final Consumer<String> say;
  private final int status;
  private final AtomicReference<PluginRegistry> registry = new AtomicReference<>();
  private final Thread hook = new Thread(this::ending, "plug-in watch at the end");
  private final Thread sampler = new Thread(this::sample, "plug-in watch");

  /**
   * Watches from now on.
   *
   * @param say prints a line
   * @param status with which the process ends then
   */
  public PluginWatch(Consumer<String> say, int status) {
    this.say = say;
    this.status = status;
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process is ending already
    }
  }

  /**
   * Tells which plug-ins there are.
   *
   * @param known the plug-ins
   */
  public void over(PluginRegistry known) {
    registry.set(known);
    if (known.loaded().stream().anyMatch(plugin -> !plugin.isShipped())) {
      sampler.setDaemon(true);
      sampler.start();
    }
  }

  /**
   * Ends the process where all is done and it does not end by itself within the patience that there
   * is with plug-ins: one may have left something to do at the end that never ends.
   *
   * @param status with which the process ends
   * @param say prints a line
   */
  public static void limitEnd(int status, Consumer<String> say) {
    Thread limit =
        new Thread(
            () -> {
              try {
                Thread.sleep(PluginLoader.PATIENCE.toMillis());
              } catch (InterruptedException e) {
                return; // nobody but a plug-in would
              }
              lingering().ifPresent(say);
              Runtime.getRuntime().halt(status);
            },
            "limit of the end");
    limit.setDaemon(true);
    limit.start();
  }

  /** What does not come to an end, by the first frame that is no part of Java or Juxta. */
  private static Optional<String> lingering() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .filter(frame -> frame.getModuleName() != null)
        .filter(frame -> ModuleLayer.boot().findModule(frame.getModuleName()).isEmpty())
        .findFirst()
        .map(
            frame ->
                new Fault(
                        frame.getModuleName(),
                        "what it does when the process ends does not come to an end within "
                            + PluginLoader.PATIENCE.toSeconds()
                            + " s, at "
                            + place(frame),
                        REMEDY)
                    .toString());
  }

  /**
   * Whether the process ends because some code asked for it, and not for a signal.
   *
   * @return true while it ends
   */
  public static boolean isExiting() {
    return exiting().isPresent();
  }

  /** The frames from the one that asked Java to end. */
  private static Optional<List<StackTraceElement>> exiting() {
    for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
      for (int i = stack.length - 1; i >= 0; i--) {
        boolean asks =
            stack[i].getClassName().equals("java.lang.Runtime")
                && stack[i].getMethodName().equals("exit");
        if (asks) {
          return Optional.of(Arrays.asList(stack).subList(i + 1, stack.length));
        }
      }
    }
    return Optional.empty();
  }

  private void ending() {
    exiting().ifPresent(stack -> end(fault(stack, "ended the process")));
  }

  private void end(String line) {
    say.accept(line);
    Runtime.getRuntime().halt(status); // other hooks would wait for what does not come back
  }

  private String fault(List<StackTraceElement> stack, String what) {
    StackTraceElement frame =
        stack.stream().filter(f -> !Blame.isJava(f)).findFirst().orElse(stack.get(0));
    Optional<PluginRegistry> known = Optional.ofNullable(registry.get());
    String jar =
        known
            .flatMap(r -> r.jar(frame))
            .orElse(frame.getModuleName() == null ? "a class" : frame.getModuleName());
    String who = known.flatMap(r -> component(r, stack)).orElse("it");
    return new Fault(jar, who + " " + what + ", at " + place(frame), REMEDY).toString();
  }

  /** Without the module, which the jar stands for. */
  private static String place(StackTraceElement frame) {
    return frame.getClassName()
        + "."
        + frame.getMethodName()
        + (frame.getLineNumber() < 0
            ? ""
            : "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")");
  }

  /** The innermost component whose code runs. */
  private static Optional<String> component(
      PluginRegistry registry, List<StackTraceElement> stack) {
    Map<String, String> names = new HashMap<>();
    for (Service<?> service : Service.ALL) {
      registry
          .all(service.type())
          .forEach(
              one -> {
                Component component = one.component();
                names.put(
                    component.getClass().getName(), service.noun() + " '" + component.id() + "'");
              });
    }
    return stack.stream()
        .map(frame -> frame.getClassName().replaceFirst("\\$.*", ""))
        .flatMap(name -> Optional.ofNullable(names.get(name)).stream())
        .findFirst();
  }

  /** Where a thread has been in the initialiser of a stranger's class, and since when. */
  private record Stuck(long thread, String initialised) {}

  private void sample() {
    long patience = PluginLoader.PATIENCE.toMillis();
    Map<Stuck, Long> since = new HashMap<>();
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(Math.min(5_000, patience / 4));
        Map<Stuck, Long> now = new HashMap<>();
        Thread.getAllStackTraces().forEach((thread, stack) -> look(thread, stack, since, now));
        since.clear();
        since.putAll(now);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the command is done
    }
  }

  private void look(
      Thread thread, StackTraceElement[] stack, Map<Stuck, Long> since, Map<Stuck, Long> now) {
    long time = System.nanoTime();
    for (int i = 0; i < stack.length; i++) {
      StackTraceElement frame = stack[i];
      if (frame.getMethodName().equals(INITIALISER) && registry.get().isStrangers(frame)) {
        Stuck stuck = new Stuck(thread.getId(), frame.getClassName());
        long began = since.getOrDefault(stuck, time);
        now.put(stuck, began);
        if (time - began > PluginLoader.PATIENCE.toNanos()) {
          String what =
              "does not come to the end of a static initialiser within "
                  + PluginLoader.PATIENCE.toSeconds()
                  + " s";
          end(fault(Arrays.asList(stack).subList(i, stack.length), what));
        }
      }
    }
  }

  /** Watches no longer. */
  @Override
  public void close() {
    sampler.interrupt();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process is ending already
    }
  }
}
