package juxta.api;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apiguardian.api.API;

/**
 * Opens data sets of one format, or generates them. The packages {@code juxta.toolkit.data} and
 * {@code juxta.toolkit.picture} have what readers are made of, and name two short ones to copy
 * from.
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface DatasetProvider extends Component {
  /**
   * What the records hold.
   *
   * @return the kind
   */
  DataKind kind();

  /**
   * Opens the data. Files are checked here: truncated, corrupt or missing data are reported before
   * any training starts.
   *
   * @param request where and how
   * @return the open data set
   * @throws UserException if the data are absent or unreadable, naming file and offset and saying
   *     what to do
   */
  Dataset open(Request request);

  /**
   * What the user asked for.
   *
   * @param path where the data lie, if the user said so
   * @param cache folder for downloads and derived files; may not exist yet
   * @param settings the provider's settings
   * @param progress told what is being done and how much of it, from 0 to 1
   */
  record Request(
      Optional<Path> path, Path cache, Settings settings, BiConsumer<String, Double> progress) {}
}
