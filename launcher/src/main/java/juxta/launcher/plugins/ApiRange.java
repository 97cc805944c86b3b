package juxta.launcher.plugins;

import java.lang.module.ModuleDescriptor.Version;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions of {@code juxta.api} that a plug-in says it works with, in the notation that Maven
 * and OSGi share: {@code [0.1,0.3)} from 0.1 to before 0.3, {@code [1.2,)} from 1.2 on, {@code
 * [1.2]} that one. A version alone means from it on, as in OSGi.
 *
 * @param text as it was declared
 * @param from the lowest version, empty for none
 * @param withFrom whether the lowest itself is meant, too
 * @param to the highest version, empty for none
 * @param withTo whether the highest itself is meant, too
 */
record ApiRange(
    String text, Optional<Version> from, boolean withFrom, Optional<Version> to, boolean withTo) {
  /** The attribute of a jar's manifest that declares it. */
  static final String ATTRIBUTE = "Juxta-Api";

  private static final String VERSION = "\\d[\\w.+-]*";
  private static final Pattern RANGE =
      Pattern.compile("([\\[(])\\s*(" + VERSION + ")?\\s*,\\s*(" + VERSION + ")?\\s*([\\])])");
  private static final Pattern ONE = Pattern.compile("\\[\\s*(" + VERSION + ")\\s*]");
  private static final Pattern QUALIFIER = Pattern.compile("[^\\d.].*");

  /** Reads a range; empty for what is none, or has no version in it. */
  static Optional<ApiRange> parse(String declared) {
    String text = declared.strip();
    Matcher range = RANGE.matcher(text);
    Matcher one = ONE.matcher(text);
    try {
      if (range.matches()) {
        return Optional.of(
                new ApiRange(
                    text,
                    Optional.ofNullable(range.group(2)).map(Version::parse),
                    range.group(1).equals("["),
                    Optional.ofNullable(range.group(3)).map(Version::parse),
                    range.group(4).equals("]")))
            .filter(ApiRange::isNotEmpty);
      }
      if (one.matches()) {
        Optional<Version> version = Optional.of(Version.parse(one.group(1)));
        return Optional.of(new ApiRange(text, version, true, version, true));
      }
      return text.matches(VERSION)
          ? Optional.of(
              new ApiRange(text, Optional.of(Version.parse(text)), true, Optional.empty(), false))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isNotEmpty() {
    if (from.isEmpty() || to.isEmpty()) {
      return true;
    }
    int order = from.get().compareTo(to.get());
    return order < 0 || order == 0 && withFrom && withTo;
  }

  /**
   * Whether a version is meant. Its numbers decide: 0.2.0-SNAPSHOT is on the way to 0.2.0, has its
   * api, and is none of {@code [0.1,0.2)}.
   */
  boolean holds(String version) {
    String numbers = QUALIFIER.matcher(version).replaceFirst("");
    if (numbers.isEmpty()) {
      return true; // it does not say
    }
    Version running = Version.parse(numbers);
    return from.map(running::compareTo).filter(o -> o < 0 || o == 0 && !withFrom).isEmpty()
        && to.map(running::compareTo).filter(o -> o > 0 || o == 0 && !withTo).isEmpty();
  }

  @Override
  public String toString() {
    return text;
  }
}
