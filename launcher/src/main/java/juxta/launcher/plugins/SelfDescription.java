package juxta.launcher.plugins;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import juxta.api.Component;
import juxta.api.Setting;

/**
 * Checks what a component says about itself.
 *
 * @param jar where it is from
 * @param what the component, such as {@code method a.B}
 * @param platform what it runs on
 */
record SelfDescription(String jar, String what, Platform platform) {
  private static final String ID = "[a-z][a-z0-9-]{0,63}";
  private static final String REPORT = "report it to the plug-in's author, or remove the jar";

  /** The component's id, after all that it says has been checked. */
  String check(Component component) {
    String id = ask("id()", component::id);
    if (!id.matches(ID)) {
      throw new Refusal(
          jar,
          "the " + what + " has the invalid id '" + id + "'",
          "an id is lower-case letters, digits and '-', starts with a letter and has at most 64"
              + " characters");
    }
    String summary = ask("summary()", component::summary);
    if (summary.isBlank() || summary.chars().anyMatch(Character::isISOControl)) {
      throw new Refusal(jar, "the " + what + " has a summary() that is not one line", REPORT);
    }
    ask("reference()", component::reference);
    checkKeys(ask("settings()", component::settings));
    return id;
  }

  private void checkKeys(List<Setting<?>> settings) {
    Set<String> keys = new HashSet<>();
    for (Setting<?> setting : settings) {
      if (!keys.add(ask("settings()", () -> setting).key())) {
        throw new Refusal(
            jar, "the " + what + " has the setting '" + setting.key() + "' twice", REPORT);
      }
    }
  }

  private <T> T ask(String method, Supplier<T> call) {
    T answer;
    try {
      answer = call.get();
    } catch (Throwable thrown) {
      Failures.rethrowFatal(thrown);
      throw new Refusal(Failures.fault(jar, method + " of " + what, thrown, platform));
    }
    if (answer == null) {
      throw new Refusal(jar, "the " + method + " of " + what + " returned null", REPORT);
    }
    return answer;
  }
}
