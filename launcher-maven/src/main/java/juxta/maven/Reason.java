package juxta.maven;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.transfer.ChecksumFailureException;
import org.eclipse.aether.transfer.RepositoryOfflineException;

/** Why an artifact could not be had, in one line: what a chain of exceptions has at its ends. */
final class Reason {
  private static final int DEEPEST = 30;

  private Reason() {}

  static String of(RepositoryException thrown) {
    Optional<ChecksumFailureException> checksum = find(thrown, ChecksumFailureException.class);
    Optional<ArtifactTransferException> transfer = find(thrown, ArtifactTransferException.class);
    String which =
        transfer
            .map(
                t ->
                    t.getArtifact()
                        + Optional.ofNullable(t.getRepository())
                            .map(r -> " from " + named(r))
                            .orElse(""))
            .orElse("an artifact");
    if (checksum.isPresent()) {
      return which + ": " + checksum(checksum.get()) + "; nothing of it was kept";
    }
    if (find(thrown, RepositoryOfflineException.class).isPresent()) {
      return which
          + ": Maven's settings say offline, and it is not in the local repository; remove"
          + " <offline> from settings.xml";
    }
    if (find(thrown, ArtifactNotFoundException.class).isPresent()) {
      return transfer.orElseThrow().getArtifact()
          + " from "
          + asked(thrown)
          + ": is not there; check the coordinates, and the repositories in settings.xml";
    }
    Optional<UnknownHostException> host = find(thrown, UnknownHostException.class);
    if (host.isPresent()) {
      return which
          + ": no host "
          + host.get().getMessage()
          + " is known; check the network, or the proxy in settings.xml";
    }
    Throwable root = thrown;
    for (int depth = 0; root.getCause() != null && depth < DEEPEST; depth++) {
      root = root.getCause();
    }
    String first = line(thrown.getMessage());
    String last = line(root.getMessage());
    if (last.startsWith("Blocked mirror")) {
      return last + "; nothing comes in the clear over the network: write https in settings.xml";
    }
    return first.contains(last) ? first : first + " (" + last + ")";
  }

  /** All repositories that were asked for what none of them has, in the order of the settings. */
  private static String asked(RepositoryException thrown) {
    Set<String> names = new LinkedHashSet<>();
    for (ArtifactResult result :
        find(thrown, ArtifactResolutionException.class)
            .map(ArtifactResolutionException::getResults)
            .orElse(List.of())) {
      if (result.isMissing()) {
        names.addAll(asked(result));
      }
    }
    return names.isEmpty() ? "the local repository" : String.join(", ", names);
  }

  private static List<String> asked(ArtifactResult result) {
    Set<String> lacking = new TreeSet<>(); // they answered in any order
    result.getExceptions().stream()
        .filter(ArtifactNotFoundException.class::isInstance)
        .map(ArtifactNotFoundException.class::cast)
        .forEach(
            e -> Optional.ofNullable(e.getRepository()).map(Reason::named).ifPresent(lacking::add));
    List<String> names =
        new ArrayList<>(result.getRequest().getRepositories().stream().map(Reason::named).toList());
    names.retainAll(lacking);
    lacking.removeAll(names);
    names.addAll(lacking);
    return names;
  }

  private static String named(RemoteRepository repository) {
    return repository.getId() + " (" + repository.getUrl() + ")";
  }

  private static String checksum(ChecksumFailureException e) {
    return e.getExpected() == null || e.getExpected().isEmpty()
        ? "has no checksum beside it, which every repository of Maven has"
        : "has the checksum " + e.getActual() + " where the repository says " + e.getExpected();
  }

  private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  static String line(String text) {
    return String.valueOf(text).replaceAll("\\s+", " ").strip();
  }
}
