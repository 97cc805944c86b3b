package juxta.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;

/** Makes networks that turn records into features. */
@API(status = API.Status.STABLE, since = "0.1")
public interface Encoder extends Component {
  /**
   * The kinds of data that it can encode.
   *
   * @return at least one
   */
  default Set<DataKind> kinds() {
    return Set.of(DataKind.IMAGES, DataKind.IMAGES_WITH_TEXT);
  }

  /**
   * The {@link Features#maps} that its networks make.
   *
   * @return names, perhaps none
   */
  default Set<String> maps() {
    return Set.of();
  }

  /**
   * Makes the parameters of a network, under the names of the ecosystem.
   *
   * @param scope where to make them
   * @param input shape of one input, channels last: [H, W, C], or [X, Y, Z, C] of volumes
   * @param settings this encoder's settings
   * @return the network
   * @throws UserException if the settings do not fit the input, saying what would
   */
  Network create(GraphScope scope, long[] input, Settings settings);

  /**
   * What its networks are called in Python.
   *
   * @param input shape of one input, as of {@link #create}
   * @param settings this encoder's settings
   * @return the architecture; by default empty: timm has no such
   */
  default Optional<Architecture> architecture(long[] input, Settings settings) {
    return Optional.empty();
  }

  /**
   * Other names under which files of the ecosystem keep a parameter.
   *
   * @return file name by our name; parameters that are absent have the same name
   */
  default Map<String, String> aliases() {
    return Map.of();
  }

  /**
   * Further spellings of its parameters in files that others wrote, such as torchvision's beside
   * timm's. Files are read under them, and none is written.
   *
   * @return of each spelling, file name by our name; parameters that are absent have the same name
   */
  default List<Map<String, String>> spellings() {
    return List.of();
  }
}
