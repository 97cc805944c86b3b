package juxta.engine.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import juxta.api.Setting;
import juxta.engine.catalogue.Nearest;

/** Says of every key whose it is, and of every value whether it is allowed. */
final class Judge {
  private final List<Part> parts;
  private final BiFunction<String, Overrides.Entry, Optional<String>> others;
  private final Set<String> elsewhere;
  private final List<String> problems = new ArrayList<>();

  /**
   * A judge.
   *
   * @param parts what has settings here
   * @param others judges keys that belong to none of the parts: the problem, which may be empty;
   *     nothing for keys that nobody knows
   * @param elsewhere keys of other parts that a user may have meant
   */
  Judge(
      List<Part> parts,
      BiFunction<String, Overrides.Entry, Optional<String>> others,
      Set<String> elsewhere) {
    this.parts = List.copyOf(parts);
    this.others = others;
    this.elsewhere = Set.copyOf(elsewhere);
  }

  /** What was found wrong, a line each. */
  List<String> problems() {
    return problems;
  }

  /** Judges; what is wrong is left out and becomes a problem. */
  Resolution resolve(Overrides given) {
    Map<String, Resolution.Entry> entries = new TreeMap<>();
    given
        .entries()
        .forEach(
            (key, entry) -> resolve(key, entry).ifPresent(resolved -> entries.put(key, resolved)));
    return new Resolution(entries);
  }

  private Optional<Resolution.Entry> resolve(String key, Overrides.Entry given) {
    for (Part part : parts) {
      Optional<Setting<?>> setting = part.setting(key);
      if (setting.isPresent()) {
        return parse(key, given, part, setting.get());
      }
    }
    problems.addAll(
        others
            .apply(key, given)
            .map(p -> p.isEmpty() ? List.<String>of() : List.of(p))
            .orElseGet(() -> List.of(unknown(key, given))));
    return Optional.empty();
  }

  private Optional<Resolution.Entry> parse(
      String key, Overrides.Entry given, Part part, Setting<?> setting) {
    try {
      Object value = setting.parse(given.text());
      return Optional.of(
          new Resolution.Entry(part.name(), setting, value, given.text(), given.origin()));
    } catch (IllegalArgumentException e) {
      problems.add(key + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private String unknown(String key, Overrides.Entry given) {
    if (given.origin().kind() == Origin.Kind.PRESET) {
      return given.origin()
          + " sets '"
          + key
          + "', which nothing in this run has; report it to the author of the method";
    }
    Set<String> known = new TreeSet<>(elsewhere);
    parts.forEach(part -> part.settings().forEach(s -> known.add(part.key(s))));
    return "unknown key '"
        + key
        + "'"
        + hint(key, known)
        + " ('juxta describe' shows the keys of each part)";
  }

  /** The nearest whole key, else the nearest that lacks its part or has another's. */
  private static String hint(String key, Set<String> known) {
    if (Nearest.to(key, known).isPresent()) {
      return Nearest.hint(key, known);
    }
    Map<String, String> byOwn = new TreeMap<>();
    known.stream()
        .sorted(Comparator.comparing(k -> !Resolution.trains(k))) // an evaluator's last
        .forEach(k -> byOwn.putIfAbsent(own(k), k));
    return Nearest.to(own(key), byOwn.keySet())
        .map(byOwn::get)
        .map(nearest -> Nearest.hint(nearest, Set.of(nearest)))
        .orElse("");
  }

  private static String own(String key) {
    return key.substring(key.indexOf('.') + 1);
  }
}
