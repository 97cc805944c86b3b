package juxta.launcher.serve;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.launcher.search.Card;
import juxta.launcher.search.Searcher;
import juxta.launcher.search.Where;

/** The part of an address behind the question mark. */
final class Ask {
  private static final int MOST_PARAMETERS = 64;
  private static final String WHERE = "where";

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private Ask() {}

  static Ask of(String rawQuery) {
    Ask ask = new Ask();
    String[] parts = rawQuery == null || rawQuery.isEmpty() ? new String[0] : rawQuery.split("&");
    if (parts.length > MOST_PARAMETERS) {
      throw new Refused(Reply.BAD_REQUEST, "too many parameters");
    }
    for (String part : parts) {
      int equals = part.indexOf('=');
      String key = decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
      ask.values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }
    return ask;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refused(Reply.BAD_REQUEST, "the address is not well formed");
    }
  }

  String text(String key) {
    List<String> found = values.getOrDefault(key, List.of());
    return found.isEmpty() ? "" : found.get(0);
  }

  /** All parameters, of each the first value. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    values.keySet().forEach(key -> all.put(key, text(key)));
    return all;
  }

  /** How many results are wanted. */
  int k() {
    return number("k", 1, Searcher.MOST, Searcher.USUAL);
  }

  /** A whole number within bounds. */
  int number(String key, int least, int most, int otherwise) {
    String value = text(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (!value.matches("[0-9]{1,6}")
        || Integer.parseInt(value) < least
        || Integer.parseInt(value) > most) {
      throw new Refused(
          Reply.BAD_REQUEST, key + " is a whole number from " + least + " to " + most);
    }
    return Integer.parseInt(value);
  }

  /** Conditions on the images. */
  Where where(List<Card> cards) {
    return Where.of(values.getOrDefault(WHERE, List.of()), cards);
  }
}
