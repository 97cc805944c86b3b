package juxta.testkit;

import static juxta.testkit.Promise.require;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import juxta.api.Component;
import juxta.api.Setting;

/** What every component promises about its description. */
final class ComponentContract {
  static final String ID = "its id is lower-case letters, digits and '-', at most 64";
  static final String SUMMARY = "its summary is one line without a full stop";
  static final String CONSTRUCTOR = "it is public, with a public constructor without parameters";
  static final String KEYS = "no two settings have the same key";
  static final String DESCRIPTIONS =
      "each setting has a description and the source of its default, or what holds while unset";
  static final String REFERENCE = "its reference, where it has one, is complete";

  private ComponentContract() {}

  static List<Promise> promises(Component component) {
    return List.of(
        new Promise(ID, () -> id(component)),
        new Promise(SUMMARY, () -> summary(component.summary())),
        new Promise(CONSTRUCTOR, () -> constructor(component.getClass())),
        new Promise(KEYS, () -> keys(component.settings())),
        new Promise(DESCRIPTIONS, () -> component.settings().forEach(ComponentContract::described)),
        new Promise(REFERENCE, () -> reference(component)));
  }

  private static void id(Component component) {
    require(component.id().matches("[a-z][a-z0-9-]{0,63}"), "'" + component.id() + "'");
  }

  private static void summary(String summary) {
    require(
        !summary.isBlank() && summary.lines().count() == 1 && !summary.strip().endsWith("."),
        "'" + summary + "'");
  }

  private static void constructor(Class<?> type) {
    boolean open = java.lang.reflect.Modifier.isPublic(type.getModifiers());
    try {
      type.getConstructor();
    } catch (NoSuchMethodException e) {
      open = false;
    }
    require(open, "class " + type.getName() + " without one");
  }

  private static void keys(List<Setting<?>> settings) {
    Set<String> seen = new HashSet<>();
    settings.forEach(s -> require(seen.add(s.key()), "'" + s.key() + "' twice"));
  }

  private static void described(Setting<?> setting) {
    require(!setting.description().isBlank(), "no description of '" + setting.key() + "'");
    boolean unset = setting.defaultValue() instanceof Optional;
    require(
        unset || !setting.source().isBlank(),
        "no source of the default of '" + setting.key() + "'");
    require(
        !setting.defaultText().equals(Setting.UNSET),
        "no word on what holds while '" + setting.key() + "' is unset");
  }

  private static void reference(Component component) {
    component
        .reference()
        .ifPresent(
            r ->
                require(
                    !r.authors().isBlank()
                        && !r.title().isBlank()
                        && r.year() > 1900
                        && r.url().startsWith("http"),
                    r.toString()));
  }
}
