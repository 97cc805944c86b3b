package juxta.launcher.plugins;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the code to which a LinkageError is due. */
final class Blame {
  private Blame() {}

  /**
   * Names of the classes to which the error may be due: the one whose code met it, which is the
   * first on the stack that is not Java's own; and those that the message names where a class lacks
   * what its interface promises, since then the caller is on the stack and not the class.
   */
  static List<String> classes(LinkageError error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    List<String> classes = new ArrayList<>();
    if (error instanceof AbstractMethodError) {
      classes.addAll(Arrays.asList(String.valueOf(error.getMessage()).split("[^\\w.$]+")));
    }
    Arrays.stream(root.getStackTrace())
        .filter(frame -> !isJava(frame))
        .findFirst()
        .map(StackTraceElement::getClassName)
        .ifPresent(classes::add);
    return classes;
  }

  private static boolean isJava(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }
}
