package juxta.launcher.plugins;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds the code to which something that was thrown is due. */
final class Blame {
  /** Frames of a plug-in that are shown of each exception. */
  private static final int MOST_FRAMES = 20;

  private final List<LoadedPlugin> plugins;

  Blame(List<LoadedPlugin> plugins) {
    this.plugins = plugins;
  }

  /**
   * Names of the classes to which the error may be due: the one whose code met it, which is the
   * first on the stack that is not Java's own; and those that the message names where a class lacks
   * what its interface promises, since then the caller is on the stack and not the class.
   */
  static List<String> classes(LinkageError error) {
    List<Throwable> causes = causes(error);
    List<String> classes = new ArrayList<>();
    if (error instanceof AbstractMethodError) {
      classes.addAll(Arrays.asList(String.valueOf(error.getMessage()).split("[^\\w.$]+")));
    }
    Arrays.stream(causes.get(causes.size() - 1).getStackTrace())
        .filter(frame -> !isJava(frame))
        .findFirst()
        .map(StackTraceElement::getClassName)
        .ifPresent(classes::add);
    return classes;
  }

  /** Code of a plug-in that was running, and the plug-in. */
  record Culprit(LoadedPlugin plugin, StackTraceElement frame) {}

  /** The plug-in whose code was running: that of the innermost frame of the first cause. */
  Optional<Culprit> culprit(Throwable thrown) {
    List<Throwable> causes = causes(thrown);
    Collections.reverse(causes);
    for (Throwable cause : causes) {
      for (StackTraceElement frame : cause.getStackTrace()) {
        for (LoadedPlugin plugin : plugins) {
          if (plugin.owns(frame)) {
            return Optional.of(new Culprit(plugin, frame));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** What was thrown, with the frames of the plug-in's code and the one that threw. */
  static List<String> own(Throwable thrown, LoadedPlugin plugin) {
    List<String> lines = new ArrayList<>();
    for (Throwable cause : causes(thrown)) {
      lines.add((lines.isEmpty() ? "" : "Caused by: ") + cause);
      StackTraceElement[] all = cause.getStackTrace();
      Optional<StackTraceElement> first =
          Arrays.stream(all).filter(frame -> !isJava(frame)).findFirst();
      Arrays.stream(all)
          .filter(frame -> plugin.owns(frame) || first.filter(f -> f == frame).isPresent())
          .limit(MOST_FRAMES)
          .forEach(frame -> lines.add("\tat " + frame));
    }
    return lines;
  }

  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable one = thrown; one != null && !causes.contains(one); one = one.getCause()) {
      causes.add(one);
    }
    return causes;
  }

  static boolean isJava(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }
}
