package juxta.toolkit.discrimination;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Setting;

/** The frameworks that come with the toolkit. */
public final class Frameworks {
  /** All of them, the best known first. */
  public static final List<Framework> ALL =
      List.of(
          new SimclrFramework(),
          new MocoV2Framework(),
          new ByolFramework(),
          new SimsiamFramework());

  private Frameworks() {}

  /**
   * Their names.
   *
   * @return ids in the order of {@link #ALL}
   */
  public static List<String> ids() {
    return ALL.stream().map(Framework::id).toList();
  }

  /**
   * Looks a framework up.
   *
   * @param id its name
   * @return the framework
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Framework named(String id) {
    return ALL.stream()
        .filter(framework -> framework.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no framework '" + id + "' among " + ids()));
  }

  /**
   * The settings of all frameworks, each key once, for methods in which the framework is a setting
   * itself. Whichever framework is chosen reads its own default where the user gave no value.
   *
   * @return settings that show the default of the first framework that has them
   */
  public static List<Setting<?>> settings() {
    Map<String, Setting<?>> byKey = new LinkedHashMap<>();
    for (Framework framework : ALL) {
      framework.settings().forEach(setting -> byKey.putIfAbsent(setting.key(), setting));
    }
    return new ArrayList<>(byKey.values());
  }
}
