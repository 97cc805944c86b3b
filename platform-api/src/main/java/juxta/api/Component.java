package juxta.api;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What every service of a plug-in has in common. Implementations have a public constructor without
 * parameters, hold no state and do no work before they are asked to.
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface Component {
  /**
   * The name by which a user asks for this component: lower-case letters, digits and {@code -},
   * starting with a letter, at most 64 characters, unique among components of the same service.
   *
   * @return the id
   */
  String id();

  /**
   * One line that says what this is, without a full stop.
   *
   * @return the summary
   */
  String summary();

  /**
   * The settings that a user may change, each with its default and the source of that default.
   *
   * @return the settings in the order in which they should be shown
   */
  default List<Setting<?>> settings() {
    return List.of();
  }

  /**
   * The publication that this implements.
   *
   * @return the reference, empty where there is none
   */
  default Optional<Reference> reference() {
    return Optional.empty();
  }
}
