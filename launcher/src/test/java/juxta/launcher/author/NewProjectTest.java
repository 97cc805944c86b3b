package juxta.launcher.author;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewProjectTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Mine",
        "my_method",
        "1st",
        "a--b",
        "a-",
        "-a",
        "../a",
        "a/b",
        "a b",
        "é",
        "a\nb"
      })
  void whatIsNoNameIsRefused(String id) {
    assertThatThrownBy(() -> names(id, ProjectKind.METHOD))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is no name: lower-case letters");
  }

  @Test
  void aNameOfMoreThan64LettersIsRefused() {
    names("a".repeat(64), ProjectKind.METHOD);
    assertThatThrownBy(() -> names("a".repeat(65), ProjectKind.METHOD))
        .hasMessageContaining("at most 64");
  }

  @ParameterizedTest
  @CsvSource({
    "class, no package 'class'; choose one by --package",
    "juxta, packages of 'juxta' are not yours to add to; choose one by --package",
  })
  void aNameThatMakesNoPackageAsksForOne(String id, String why) {
    assertThatThrownBy(() -> names(id, ProjectKind.METHOD)).hasMessageContaining(why);
    assertThat(ProjectNames.of(id, Optional.of("org.mine"), ProjectKind.METHOD).packageName())
        .isEqualTo("org.mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "my-own", "a..b", "a.new", "1a", "juxta.plugin.mine", "java.util"})
  void aPackageThatCannotBeIsRefused(String name) {
    assertThatThrownBy(() -> ProjectNames.of("mine", Optional.of(name), ProjectKind.METHOD))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'");
  }

  @Test
  void severalMistakesAreNamedTogether() {
    assertThatThrownBy(() -> ProjectNames.of("A", Optional.of("b-c"), ProjectKind.METHOD))
        .satisfies(e -> assertThat(((UserException) e).problems()).hasSize(2));
  }

  @Test
  void anUnknownKindIsNamed() {
    assertThatThrownBy(() -> ProjectKind.of("methods"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no --kind 'methods'")
        .hasMessageContaining("method");
  }

  @Test
  void aFolderThatCannotBeWrittenIsOneLineAndNothingIsLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    NewProject project =
        new NewProject(names("mine", ProjectKind.METHOD), ProjectKind.METHOD, folder);
    assertThatThrownBy(() -> project.write(file.resolve("mine")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot write");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  /** Names of types that the source uses, and names that are in the source's own words. */
  @Test
  void projectsOfAnyNameCompile() throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of("--release", "17", "-Xlint:all", "-Werror", "-proc:none", "-cp", path()));
    words.addAll(List.of("-d", folder.resolve("classes").toString()));
    for (ProjectKind kind : ProjectKind.values()) {
      for (String id : List.of(kind.word(), "x-2")) {
        ProjectNames names =
            ProjectNames.of(id, Optional.of(kind.word() + ".of." + id.replace("-", "")), kind);
        NewProject project = new NewProject(names, kind, folder);
        Path made = folder.resolve(kind.word() + "-" + id);
        project.write(made);
        for (Map.Entry<String, String> file : project.files().entrySet()) {
          if (file.getKey().startsWith("src/main") && !file.getKey().contains("module-info")) {
            words.add(made.resolve(file.getKey()).toString());
          }
        }
      }
    }
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertThat(javac.run(out, out, words.toArray(String[]::new))).as(said.toString()).isZero();
  }

  @Test
  void nothingOfTheExamplesNamesIsLeft() {
    for (ProjectKind kind : ProjectKind.values()) {
      ProjectNames names = ProjectNames.of("mine", Optional.of("org.mine"), kind);
      new NewProject(names, kind, folder)
          .files()
          .forEach(
              (file, text) -> {
                if (!file.contains("mvn")) {
                  assertThat(file + "\n" + text)
                      .doesNotContain("example", kind.className(), kind.id(), "SimSiamLite");
                }
              });
    }
  }

  private static ProjectNames names(String id, ProjectKind kind) {
    return ProjectNames.of(id, Optional.empty(), kind);
  }

  private static String path() {
    return System.getProperty("jdk.module.path")
        + System.getProperty("path.separator")
        + System.getProperty("java.class.path");
  }
}
