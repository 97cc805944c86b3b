package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Remembers which lines of code made the operations that have no gradient, so that an error can
 * name them. Operations that have one are passed over: they are nearly all, and cost nothing.
 */
final class MadeAt {
  /** Packages whose lines say nothing about who made an operation. */
  private static final List<String> OTHERS =
      List.of("org.tensorflow.", "java.", "jdk.", "juxta.api.", "juxta.toolkit.graph.");

  /** Most of those without a gradient; nothing flows through them, so none is ever missed. */
  private static final Set<String> OF_PARAMETERS =
      Set.of("VarHandleOp", "AssignVariableOp", "Placeholder");

  private static final String TOOLKIT = "juxta.toolkit.";

  private static final StackWalker WALKER = StackWalker.getInstance();

  private final Map<String, Boolean> passed = new HashMap<>(); // by type
  private final Map<String, List<StackWalker.StackFrame>> lines = new HashMap<>(); // by name

  void note(String type, String name) {
    if (!passed.computeIfAbsent(type, MadeAt::passedOver)) {
      lines.put(name, WALKER.walk(MadeAt::authors));
    }
  }

  private static boolean passedOver(String type) {
    return OF_PARAMETERS.contains(type) || GradientTable.has(type);
  }

  /** The line that made the operation and, if that is the toolkit's, the line that called it. */
  private static List<StackWalker.StackFrame> authors(Stream<StackWalker.StackFrame> frames) {
    List<StackWalker.StackFrame> found = new ArrayList<>();
    frames
        .filter(frame -> isAuthor(frame.getClassName()))
        .takeWhile(frame -> found.isEmpty() || isToolkit(found.get(found.size() - 1)))
        .forEach(
            frame -> {
              if (found.isEmpty() || !isToolkit(frame)) {
                found.add(frame);
              }
            });
    return found;
  }

  private static boolean isToolkit(StackWalker.StackFrame frame) {
    return frame.getClassName().startsWith(TOOLKIT);
  }

  private static boolean isAuthor(String type) {
    return OTHERS.stream().noneMatch(type::startsWith);
  }

  /** The lines in words; empty if the operation was not noted. */
  Optional<String> words(String name) {
    return Optional.ofNullable(lines.get(name))
        .filter(frames -> !frames.isEmpty())
        .map(
            frames ->
                frames.stream()
                    .map(frame -> frame.toStackTraceElement().toString())
                    .collect(Collectors.joining(", called by ")));
  }
}
