package juxta.launcher.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The headers of a request; names are alike in upper and lower case. */
final class Headers {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  void add(String name, String value) {
    values
        .computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
        .add(value.strip());
  }

  /** The value of a header that may stand there once. */
  Optional<String> only(String name) {
    List<String> found = values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    if (found.size() > 1) {
      throw new Refused(Reply.BAD_REQUEST, "the header " + name + " stands there twice");
    }
    return found.stream().findFirst();
  }

  /** Whether one of the words of a header is this one. */
  boolean says(String name, String word) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
        .flatMap(line -> List.of(line.split(",")).stream())
        .anyMatch(found -> found.strip().equalsIgnoreCase(word));
  }
}
