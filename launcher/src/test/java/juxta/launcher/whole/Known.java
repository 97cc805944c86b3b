package juxta.launcher.whole;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What commands that are not run as they stand could get wrong unseen. */
final class Known {
  private final Shell shell;
  private final Map<String, Set<String>> options = new HashMap<>();
  private final Map<String, String> readers = new HashMap<>();

  Known(Shell shell) {
    this.shell = shell;
  }

  /** An option that the command's help lacks. */
  Optional<String> option(List<String> words) {
    String name = words.get(0);
    Set<String> known =
        options.computeIfAbsent(
            name,
            one ->
                shell
                    .run(one + " --help")
                    .out()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("--"))
                    .map(line -> line.replaceFirst(" .*", ""))
                    .collect(Collectors.toSet()));
    return words.stream()
        .filter(word -> word.startsWith("--") && !word.equals("--help") && !known.contains(word))
        .findFirst()
        .map(word -> name + " has no option " + word);
  }

  /** A setting of the data that their reader, which may be replaced here, does not have. */
  Optional<String> dataSetting(List<String> words) {
    int data = words.indexOf("--data");
    if (data < 0) {
      return Optional.empty();
    }
    String reader = words.get(data + 1).replaceFirst(":.*", "");
    return words.stream()
        .filter(word -> word.startsWith("data.") && word.contains("="))
        .map(word -> word.replaceFirst("=.*", ""))
        .filter(key -> !described(reader).contains("--set " + key + "="))
        .findFirst()
        .map(key -> "reader " + reader + " has no setting " + key);
  }

  private String described(String reader) {
    return readers.computeIfAbsent(reader, id -> shell.run("describe " + id).out());
  }
}
