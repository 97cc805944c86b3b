package juxta.launcher.plugins;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import juxta.api.Component;
import juxta.api.Setting;

/** Checks what a component says about itself. */
final class SelfDescription {
  private static final String ID = "[a-z][a-z0-9-]{0,63}";

  private SelfDescription() {}

  /** The component's id; whatever its methods throw passes through. */
  static String id(String jar, String what, Component component) {
    String id = given(jar, what, "id()", component.id());
    if (!id.matches(ID)) {
      throw new Refusal(
          jar,
          "the " + what + " has the invalid id '" + id + "'",
          "an id is lower-case letters, digits and '-', starts with a letter and has at most 64"
              + " characters");
    }
    String summary = given(jar, what, "summary()", component.summary());
    if (summary.isBlank() || summary.chars().anyMatch(Character::isISOControl)) {
      throw new Refusal(
          jar, "the " + what + " has a summary() that is not one line", "make it one line of text");
    }
    given(jar, what, "reference()", component.reference());
    checkSettings(jar, what, given(jar, what, "settings()", component.settings()));
    return id;
  }

  private static void checkSettings(String jar, String what, List<Setting<?>> settings) {
    Set<String> keys = new HashSet<>();
    for (Setting<?> setting : settings) {
      String key = given(jar, what, "settings()", setting).key();
      if (!keys.add(key)) {
        throw new Refusal(
            jar, "the " + what + " has the setting '" + key + "' twice", "give each its own key");
      }
    }
  }

  private static <T> T given(String jar, String what, String method, T value) {
    if (value == null) {
      throw new Refusal(
          jar,
          "the " + what + " returned null from " + method,
          "report it to the plug-in's author, or remove the jar");
    }
    return value;
  }
}
