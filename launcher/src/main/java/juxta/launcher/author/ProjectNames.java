package juxta.launcher.author;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import juxta.api.UserException;

/**
 * What a new plug-in is called.
 *
 * @param id the id of its component, and of its Maven project
 * @param packageName its package, its module and its Maven group
 * @param className its class
 */
public record ProjectNames(String id, String packageName, String className) {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST = 64;

  /** Packages that the platform has, or that Java lets nobody else have. */
  private static final List<String> RESERVED =
      List.of("java", "javax", "jdk", "juxta", "tensorflow", "org.tensorflow");

  /**
   * The names that follow from an id.
   *
   * @param id the id
   * @param packageName the package, if somebody chose one; else the id without hyphens
   * @param kind what kind of component it is
   * @return the names
   * @throws UserException if one of them is none, saying all that is wrong
   */
  public static ProjectNames of(String id, Optional<String> packageName, ProjectKind kind) {
    List<String> problems = new ArrayList<>();
    if (!ID.matcher(id).matches() || id.length() > LONGEST) {
      problems.add(
          "juxta new-plugin: '"
              + id
              + "' is no name: lower-case letters, digits and single hyphens, a letter first, at"
              + " most "
              + LONGEST
              + " characters, as my-method");
    }
    String name = packageName.orElse(id.replace("-", ""));
    if (packageName.isPresent() || problems.isEmpty()) {
      problem(name, packageName.isPresent()).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return new ProjectNames(id, name, className(id, kind));
  }

  private static Optional<String> problem(String name, boolean chosen) {
    String remedy = chosen ? "" : "; choose one by --package";
    if (!SourceVersion.isName(name, SourceVersion.RELEASE_17)) {
      return Optional.of(
          "juxta new-plugin: Java allows no package '"
              + name
              + "'"
              + (chosen
                  ? "; words of letters and digits with dots between them, as org.mine"
                  : remedy));
    }
    return RESERVED.stream()
        .filter(taken -> name.equals(taken) || name.startsWith(taken + "."))
        .findFirst()
        .map(
            taken ->
                "juxta new-plugin: packages of '"
                    + taken
                    + "' are not yours to add to"
                    + (chosen ? "; take another --package" : remedy));
  }

  /** my-method to MyMethod; with its kind behind it where the template has a type of that name. */
  private static String className(String id, ProjectKind kind) {
    if (id.equals(kind.id())) {
      return kind.className();
    }
    StringBuilder name = new StringBuilder();
    for (String word : id.split("-")) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    String source = kind.source();
    while (Pattern.compile("\\b" + name + "\\b").matcher(source).find()) {
      name.append(kind.service().getSimpleName());
    }
    return name.toString();
  }
}
