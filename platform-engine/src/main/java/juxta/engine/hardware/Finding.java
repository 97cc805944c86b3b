package juxta.engine.hardware;

import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param section what it belongs to
 * @param name what it is
 * @param state how it is
 * @param text what was found and, where something is wrong, its consequence
 * @param remedy what to do, where something is wrong
 */
public record Finding(
    String section, String name, State state, String text, Optional<String> remedy) {
  /** How a thing is. */
  public enum State {
    /** As it should be. */
    OK("ok"),
    /** Not there or not used, and not needed. */
    ABSENT("--"),
    /** Training works, but slower or with less than the machine has. */
    WRONG("!!"),
    /** Training does not work. */
    STOPS("!!");

    private final String mark;

    State(String mark) {
      this.mark = mark;
    }

    /**
     * The mark before a line.
     *
     * @return two characters
     */
    public String mark() {
      return mark;
    }
  }

  static Finding ok(String section, String name, String text) {
    return new Finding(section, name, State.OK, text, Optional.empty());
  }

  static Finding absent(String section, String name, String text) {
    return new Finding(section, name, State.ABSENT, text, Optional.empty());
  }

  static Finding wrong(String section, String name, String text, String remedy) {
    return new Finding(section, name, State.WRONG, text, Optional.of(remedy));
  }

  static Finding stops(String section, String name, String text, String remedy) {
    return new Finding(section, name, State.STOPS, text, Optional.of(remedy));
  }
}
