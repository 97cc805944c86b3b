package juxta.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that links of the pages lead somewhere: to a file that is there and, behind {@code #}, to
 * an element with that id. What a page shows may not come from elsewhere.
 */
final class Links {
  private static final Pattern LINK = Pattern.compile("<(\\w+)[^>]*?\\s(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]*)\"");

  private final Path site;
  private final Map<Path, Set<String>> ids = new HashMap<>();

  Links(Path site) {
    this.site = site;
  }

  /** A line for each link that leads nowhere. */
  List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>();
    for (Path page : Folders.withEnding(site, ".html")) {
      if (page.startsWith(site.resolve(Layout.JAVADOC))) {
        continue; // the tool's own
      }
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String to = link.group(2).replace("&amp;", "&");
        boolean elsewhere = to.matches("[a-z]+:.*");
        if (elsewhere ? !link.group(1).equals("a") : !leads(page, to)) {
          problems.add(site.relativize(page) + ": '" + to + "' leads nowhere");
        }
      }
    }
    return problems;
  }

  private boolean leads(Path from, String to) throws IOException {
    String[] parts = to.split("#", 2);
    Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
    return file.startsWith(site)
        && Files.isRegularFile(file)
        && (parts.length == 1 || ids(file).contains(parts[1]));
  }

  private Set<String> ids(Path file) throws IOException {
    Set<String> known = ids.get(file);
    if (known == null) {
      known = new HashSet<>();
      Matcher id = ID.matcher(Files.readString(file));
      while (id.find()) {
        known.add(id.group(1));
      }
      ids.put(file, known);
    }
    return known;
  }
}
