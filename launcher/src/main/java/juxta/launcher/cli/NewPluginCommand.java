package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import juxta.api.Component;
import juxta.api.UserException;
import juxta.engine.catalogue.Service;
import juxta.launcher.author.NewProject;
import juxta.launcher.author.ProjectKind;
import juxta.launcher.author.ProjectNames;
import juxta.launcher.plugins.PluginRegistry;
import org.apache.commons.cli.Options;

/** {@code juxta new-plugin}. */
final class NewPluginCommand implements Command {
  private static final String MAVEN = "maven";

  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;

  @Inject
  NewPluginCommand(PluginRegistry registry, Terminal terminal, Home home) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
  }

  @Override
  public String name() {
    return "new-plugin";
  }

  @Override
  public String summary() {
    return "make a Maven project of a plug-in of your own, which works as it is";
  }

  @Override
  public String usage() {
    return "NAME [options]";
  }

  @Override
  public String more() {
    return """
        NAME is what users will type, as in 'juxta train NAME' or '--loss NAME': lower-case
        letters, digits and hyphens. The project has one class that works, to be changed; a test that holds it to what
        Juxta promises about plug-ins; a module-info, a pom, a README. In its folder

          ./mvnw verify          builds it and runs the test
          ./mvnw -Pdrop verify   does that and drops the jar into this Juxta's plug-ins
          ./build JUXTA          compiles and drops it with nothing but a JDK, untested

        Juxta's own modules come from the folder 'maven' of this Juxta, all else from Maven Central,
        once; with it in ~/.m2, 'mvn -o' works, too.

        Examples:
          juxta new-plugin my-method
          juxta new-plugin my-method --package org.example.mine --out ~/projects/my-method
          juxta new-plugin my-loss --kind loss
        """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            Arguments.option(
                "kind", "KIND", String.join(", ", ProjectKind.words()) + " (default: method)"))
        .addOption(
            Arguments.option(
                "package", "NAME", "package and module (default: NAME without hyphens)"))
        .addOption(
            Arguments.option("out", "DIR", "a folder that is not there yet (default: NAME)"));
  }

  @Override
  public int run(Arguments arguments) {
    String id = arguments.one("NAME", name());
    ProjectKind kind = ProjectKind.of(arguments.get("kind").orElse("method"));
    ProjectNames names = ProjectNames.of(id, arguments.get("package"), kind);
    refuseTaken(kind.service(), id);
    Path folder = arguments.path("out").orElse(Path.of(id));
    Path juxta = home.plugins().toAbsolutePath().normalize().getParent();
    new NewProject(names, kind, juxta).write(folder);
    terminal.print("made " + folder + ": " + names.packageName() + "." + names.className());
    if (!Files.isDirectory(juxta.resolve(MAVEN))) {
      terminal.say(
          "warning: "
              + juxta
              + " has no folder 'maven', which the project is built from; name a distribution by"
              + " -Djuxta.home=DIR");
    }
    terminal.print("  cd " + folder);
    terminal.print("  ./mvnw verify          builds it and runs its test");
    terminal.print("  ./mvnw -Pdrop verify   does that and drops it into " + home.plugins());
    terminal.print("  juxta " + kind.trial(id));
    return Juxta.DONE;
  }

  private <C extends Component> void refuseTaken(Class<C> service, String id) {
    registry
        .find(service, id)
        .ifPresent(
            taken -> {
              throw new UserException(
                  "juxta new-plugin: "
                      + taken.plugin().name()
                      + " has the "
                      + Service.of(service).noun()
                      + " '"
                      + id
                      + "' already; take another name");
            });
  }
}
