package juxta.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.model.Activation;
import org.apache.maven.model.ActivationFile;
import org.apache.maven.model.ActivationOS;
import org.apache.maven.model.ActivationProperty;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.ModelProblem;
import org.apache.maven.model.profile.DefaultProfileActivationContext;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Settings;

/**
 * The profiles of settings that count, as Maven itself finds them: those that are named, those that
 * a property, a version of Java, an operating system or a file activates, else those by default.
 */
final class ActiveProfiles extends DefaultModelBuilderFactory {
  private ActiveProfiles() {}

  /** What activates a profile cannot be understood. */
  static final class Unclear extends Exception {
    private static final long serialVersionUID = 1L;

    Unclear(String message) {
      super(message);
    }
  }

  /**
   * Finds them.
   *
   * @param settings the user's
   * @param properties of the system, and the environment's as {@code env.NAME}
   */
  static List<Profile> of(Settings settings, Properties properties) throws Unclear {
    DefaultProfileActivationContext context =
        new DefaultProfileActivationContext()
            .setActiveProfileIds(settings.getActiveProfiles())
            .setSystemProperties(properties)
            .setProjectDirectory(new File("").getAbsoluteFile());
    List<org.apache.maven.model.Profile> all =
        settings.getProfiles().stream().map(ActiveProfiles::bare).toList();
    List<String> problems = new ArrayList<>();
    Set<String> active =
        new ActiveProfiles()
                .newProfileSelector()
                .getActiveProfiles(
                    all,
                    context,
                    problem -> {
                      if (problem.getSeverity() != ModelProblem.Severity.WARNING) {
                        problems.add(problem.getMessage());
                      }
                    })
                .stream()
                .map(org.apache.maven.model.Profile::getId)
                .collect(Collectors.toSet());
    if (!problems.isEmpty()) {
      throw new Unclear(problems.get(0));
    }
    return settings.getProfiles().stream().filter(p -> active.contains(p.getId())).toList();
  }

  /** A profile of a pom with nothing but what activates it. */
  private static org.apache.maven.model.Profile bare(Profile profile) {
    org.apache.maven.model.Profile bare = new org.apache.maven.model.Profile();
    bare.setId(profile.getId());
    Optional.ofNullable(profile.getActivation())
        .map(ActiveProfiles::same)
        .ifPresent(bare::setActivation);
    return bare;
  }

  private static Activation same(org.apache.maven.settings.Activation from) {
    Activation to = new Activation();
    to.setActiveByDefault(from.isActiveByDefault());
    to.setJdk(from.getJdk());
    Optional.ofNullable(from.getProperty())
        .ifPresent(
            property -> {
              ActivationProperty same = new ActivationProperty();
              same.setName(property.getName());
              same.setValue(property.getValue());
              to.setProperty(same);
            });
    Optional.ofNullable(from.getOs())
        .ifPresent(
            os -> {
              ActivationOS same = new ActivationOS();
              same.setName(os.getName());
              same.setFamily(os.getFamily());
              same.setArch(os.getArch());
              same.setVersion(os.getVersion());
              to.setOs(same);
            });
    Optional.ofNullable(from.getFile())
        .ifPresent(
            file -> {
              ActivationFile same = new ActivationFile();
              same.setExists(file.getExists());
              same.setMissing(file.getMissing());
              to.setFile(same);
            });
    return to;
  }
}
