package juxta.engine.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.UserException;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.catalogue.Registered;
import juxta.engine.train.ComponentFault;

/** Opens the data that a user named as {@code id} or {@code id:path}. */
public final class DataOpener {
  private final Catalogue catalogue;
  private final Path cache;

  /**
   * An opener.
   *
   * @param catalogue the data set providers
   * @param cache folder for downloads
   */
  public DataOpener(Catalogue catalogue, Path cache) {
    this.catalogue = catalogue;
    this.cache = cache;
  }

  /**
   * Opens data to train or score on; if a fold is given, with that to test.
   *
   * @param name {@code id} or {@code id:path}
   * @param given all values given; keys that begin with {@code data.} are the provider's
   * @param progress told what is being done
   * @return the open data set
   * @throws UserException as {@link #look}, if labels are not those of the classes, and if the data
   *     cannot be folded so
   */
  public Dataset open(String name, Overrides given, BiConsumer<String, Double> progress) {
    Optional<Fold> fold = Fold.of(given);
    Dataset data = look(name, given, progress);
    try {
      Labels.check(data);
      return fold.<Dataset>map(one -> Folded.of(data, one)).orElse(data);
    } catch (RuntimeException | Error e) {
      data.close();
      throw e;
    }
  }

  /**
   * Opens data to look at, whatever their labels are.
   *
   * @param name {@code id} or {@code id:path}
   * @param given all values given; keys that begin with {@code data.} are the provider's
   * @param progress told what is being done
   * @return the open data set
   * @throws UserException if there is no such provider, or a key or value of it is wrong
   */
  public Dataset look(String name, Overrides given, BiConsumer<String, Double> progress) {
    String id = id(name);
    Registered<DatasetProvider> provider = catalogue.require(DatasetProvider.class, id);
    Judge judge =
        new Judge(
            List.of(Part.of(Part.DATA, provider.component())),
            (key, entry) -> Optional.empty(),
            Set.of());
    Resolution resolution =
        judge.resolve(given.only((key, entry) -> Part.named(key).equals(Part.DATA)));
    if (!judge.problems().isEmpty()) {
      throw new UserException(judge.problems());
    }
    DatasetProvider.Request request =
        new DatasetProvider.Request(
            path(name), cache.resolve(id), resolution.of(Part.DATA), progress);
    return ComponentFault.in(provider, "open()", () -> provider.component().open(request));
  }

  /**
   * The provider's id in a name.
   *
   * @param name {@code id} or {@code id:path}
   * @return the id
   */
  public static String id(String name) {
    return name.replaceFirst("(?s):.*", "");
  }

  private static Optional<Path> path(String name) {
    int colon = name.indexOf(':');
    return colon < 0 ? Optional.empty() : Optional.of(Path.of(name.substring(colon + 1)));
  }
}
