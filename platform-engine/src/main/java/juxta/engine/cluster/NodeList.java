package juxta.engine.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import juxta.api.UserException;

/** Names of nodes as Slurm writes them: {@code gpu[01-03,7],login}. */
final class NodeList {
  private static final Pattern BRACKETS = Pattern.compile("([^\\[\\]]*)\\[([^\\[\\]]*)\\](.*)");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})(?:-([0-9]{1,9}))?");
  private static final int MOST = 10_000;

  private NodeList() {}

  /** All names, in order. */
  static List<String> expanded(String list) {
    List<String> names = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= list.length(); i++) {
      char c = i < list.length() ? list.charAt(i) : ',';
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == ',' && depth == 0) {
        expand(list, list.substring(from, i).strip(), names);
        from = i + 1;
      }
    }
    if (depth != 0) {
      throw wrong(list);
    }
    return names;
  }

  private static void expand(String list, String one, List<String> names) {
    Matcher brackets = BRACKETS.matcher(one);
    if (!brackets.matches()) {
      if (one.isEmpty() || one.contains("[") || names.size() >= MOST) {
        throw wrong(list);
      }
      names.add(one);
      return;
    }
    for (String part : brackets.group(2).split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        throw wrong(list);
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (last < first || last - first >= MOST) {
        throw wrong(list);
      }
      String digits = "%0" + range.group(1).length() + "d"; // as wide as the first
      for (int i = first; i <= last; i++) {
        String number = String.format(Locale.ROOT, digits, i);
        expand(list, brackets.group(1) + number + brackets.group(3), names);
      }
    }
  }

  private static UserException wrong(String list) {
    return new UserException("Slurm: cannot read the list of nodes '" + list + "'");
  }
}
