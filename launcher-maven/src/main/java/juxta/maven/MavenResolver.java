package juxta.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.aether.AbstractRepositoryListener;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.RepositorySystemSession.SessionBuilder;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.VersionRangeRequest;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.graph.selector.AndDependencySelector;
import org.eclipse.aether.util.graph.selector.ExclusionDependencySelector;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;
import org.eclipse.aether.version.Version;

/**
 * Resolves an artifact with the libraries that it needs at run time from the user's repositories.
 * The launcher knows no class of this jar: requests and answers are maps of what Java itself has.
 *
 * <p>A request has {@code coordinates} (group:artifact:version), {@code excluded} (a list of
 * group:artifact, where * stands for all), {@code settings} (the user's settings.xml, may be
 * absent), {@code newest} (whether the newest release from that version on is meant, a Boolean) and
 * {@code progress} (a BiConsumer of what comes and its share).
 *
 * <p>An answer has {@code version}, {@code artifacts} (a list of maps with {@code coordinates},
 * {@code file} and {@code from}; the first is the one that was asked for), {@code excluded} (those
 * of its own dependencies that were left out), and {@code licences}; or {@code error}, a line.
 *
 * <p>Whatever comes from a repository has a checksum there that was compared. Repositories that
 * poms name are not asked: where jars come from is the user's choice.
 */
public final class MavenResolver implements Function<Map<String, Object>, Map<String, Object>> {
  /** Resolves. */
  @Override
  public Map<String, Object> apply(Map<String, Object> request) {
    try {
      UserSettings settings = UserSettings.read(new File((String) request.get("settings")));
      try (RepositorySystem system = new RepositorySystemSupplier().get();
          CloseableSession session = session(system, settings, request)) {
        return resolve(system, session, settings, request);
      }
    } catch (RepositoryException e) {
      return Map.of("error", Reason.of(e));
    } catch (UserSettings.Unusable | IllegalArgumentException e) {
      return Map.of("error", String.valueOf(e.getMessage()));
    }
  }

  private static CloseableSession session(
      RepositorySystem system, UserSettings settings, Map<String, Object> request) {
    SessionBuilder builder = new SessionBuilderSupplier(system).get();
    List<Exclusion> excluded =
        texts(request, "excluded").stream()
            .map(text -> text.split(":"))
            .map(parts -> new Exclusion(parts[0], parts[1], "*", "*"))
            .toList();
    builder
        .withLocalRepositories(new LocalRepository(settings.localRepository().toPath()))
        .setSystemProperties(System.getProperties())
        .setOffline(settings.isOffline())
        .setMirrorSelector(settings.mirrors())
        .setProxySelector(settings.proxies())
        .setAuthenticationSelector(settings.authentication())
        .setConfigProperties(new TreeMap<>(settings.configuration()))
        .setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_FAIL)
        // whoever asks has often just published it
        .setUpdatePolicy(RepositoryPolicy.UPDATE_POLICY_ALWAYS)
        // a library without its pom would lack what that names
        .setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(false, false))
        .setIgnoreArtifactDescriptorRepositories(true)
        .setRepositoryListener(new AbstractRepositoryListener() {})
        .setTransferListener(listener(request));
    SessionBuilderSupplier defaults = new SessionBuilderSupplier(system);
    builder.setDependencySelector(
        new AndDependencySelector(
            defaults.getDependencySelector(), new ExclusionDependencySelector(excluded)));
    return builder.build();
  }

  private static Map<String, Object> resolve(
      RepositorySystem system,
      CloseableSession session,
      UserSettings settings,
      Map<String, Object> request)
      throws RepositoryException {
    List<RemoteRepository> repositories =
        system.newResolutionRepositories(session, settings.repositories());
    Artifact wanted = new DefaultArtifact((String) request.get("coordinates"));
    if (Boolean.TRUE.equals(request.get("newest"))) {
      wanted = newest(system, session, repositories, wanted);
    }
    ArtifactDescriptorResult descriptor =
        system.readArtifactDescriptor(
            session, new ArtifactDescriptorRequest(wanted, repositories, ""));
    CollectRequest collect =
        new CollectRequest(new Dependency(wanted, JavaScopes.RUNTIME), repositories);
    DependencyRequest resolution =
        new DependencyRequest(collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
    List<Map<String, String>> artifacts = new ArrayList<>();
    for (ArtifactResult result :
        system.resolveDependencies(session, resolution).getArtifactResults()) {
      artifacts.add(described(result));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("version", wanted.getVersion());
    answer.put("artifacts", artifacts);
    answer.put("excluded", excluded(descriptor, texts(request, "excluded")));
    answer.put("licences", licences(descriptor));
    return answer;
  }

  /** The highest release from a version on; of a snapshot also the highest snapshot. */
  private static Artifact newest(
      RepositorySystem system,
      CloseableSession session,
      List<RemoteRepository> repositories,
      Artifact from)
      throws RepositoryException {
    Artifact open = from.setVersion("[" + from.getVersion() + ",)");
    List<Version> versions =
        system
            .resolveVersionRange(session, new VersionRangeRequest(open, repositories, ""))
            .getVersions();
    return versions.stream()
        .map(Version::toString)
        .filter(version -> from.isSnapshot() || !version.endsWith("-SNAPSHOT"))
        .reduce((lower, higher) -> higher)
        .map(from::setVersion)
        .orElse(from);
  }

  private static Map<String, String> described(ArtifactResult result) {
    Artifact artifact = result.getArtifact();
    String from =
        result.getRepository() instanceof RemoteRepository remote
            ? remote.getUrl()
            : "the local repository";
    return Map.of(
        "coordinates",
        artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getVersion(),
        "file",
        artifact.getPath().toString(),
        "from",
        from);
  }

  private static List<String> excluded(ArtifactDescriptorResult descriptor, List<String> patterns) {
    return descriptor.getDependencies().stream()
        .filter(d -> List.of(JavaScopes.COMPILE, JavaScopes.RUNTIME).contains(d.getScope()))
        .map(Dependency::getArtifact)
        .filter(
            artifact ->
                patterns.stream()
                    .map(pattern -> pattern.split(":"))
                    .anyMatch(
                        parts ->
                            parts[0].equals(artifact.getGroupId())
                                && List.of("*", artifact.getArtifactId()).contains(parts[1])))
        .map(artifact -> artifact.getGroupId() + ":" + artifact.getArtifactId())
        .distinct()
        .toList();
  }

  private static List<String> licences(ArtifactDescriptorResult descriptor) {
    List<String> licences = new ArrayList<>();
    for (int i = 0;
        descriptor.getProperties().get("license." + i + ".name") instanceof String name;
        i++) {
      licences.add(name);
    }
    return licences;
  }

  @SuppressWarnings("unchecked") // see the class comment
  private static List<String> texts(Map<String, Object> request, String key) {
    return (List<String>) request.getOrDefault(key, List.of());
  }

  @SuppressWarnings("unchecked") // see the class comment
  private static AbstractTransferListener listener(Map<String, Object> request) {
    BiConsumer<String, Double> progress =
        (BiConsumer<String, Double>)
            request.getOrDefault("progress", (BiConsumer<?, ?>) (a, b) -> {});
    return new AbstractTransferListener() {
      @Override
      public void transferProgressed(TransferEvent event) {
        String name = new File(event.getResource().getResourceName()).getName();
        long bytes = event.getResource().getContentLength();
        progress.accept(name, bytes > 0 ? (double) event.getTransferredBytes() / bytes : 0);
      }
    };
  }
}
