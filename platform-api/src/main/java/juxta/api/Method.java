package juxta.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;

/** A way to learn representations: a paper's method. */
@API(status = API.Status.STABLE, since = "0.1")
public interface Method extends Component {
  /** Name of the preset that follows the paper. */
  String PAPER = "paper";

  /** Name of the preset for small machines. */
  String SMALL = "small";

  /**
   * The kinds of data that it can learn from.
   *
   * @return at least one
   */
  default Set<DataKind> kinds() {
    return Set.of(DataKind.IMAGES);
  }

  /**
   * Whether the method trains or uses the chosen encoder; false for rows such as raw pixels.
   *
   * @return true for most
   */
  default boolean usesEncoder() {
    return true;
  }

  /**
   * Whether the method trains with the chosen loss; false where its objective is its own, so that a
   * loss that somebody chooses is refused instead of ignored.
   *
   * @param settings its own settings, on which that may depend
   * @return true for most
   */
  default boolean usesLoss(Settings settings) {
    return true;
  }

  /**
   * The same method with all methods at hand, for one that trains as another one does and adds
   * something: plug-ins do not see each other. Asked once, when all plug-ins are loaded; only what
   * it returns is used then.
   *
   * @param all the methods that were loaded, itself too, in alphabetical order of ids
   * @return a method of the same id; this one where it needs no other
   */
  default Method among(List<Method> all) {
    return this;
  }

  /**
   * The same method with all encoders at hand, for one that uses another encoder beside the chosen
   * one. Asked once, of what {@link #among} returned; only what it returns is used then.
   *
   * @param all the encoders that were loaded, in alphabetical order of ids
   * @return a method of the same id; this one where it needs no other encoder
   */
  default Method withEncoders(List<Encoder> all) {
    return this;
  }

  /**
   * Names of its presets; {@link #PAPER} is the one used when the user names none.
   *
   * @return the names
   */
  default Set<String> presets() {
    return Set.of(PAPER, SMALL);
  }

  /**
   * Values that a preset sets. Besides the method's own keys these may be {@code encoder}, {@code
   * augmentation}, {@code loss}, {@code epochs}, {@code batch}, {@code precision}, and keys of the
   * parts such as {@code encoder.width} or {@code loss.temperature}. {@code encoder}, {@code
   * augmentation}, {@code loss}, {@code epochs} and {@code batch} must be set by {@link #PAPER}
   * where the method uses them. A method that counts steps leaves {@code epochs} out and sets its
   * own key {@code iterations}.
   *
   * @param name one of {@link #presets}
   * @param data the data, since papers differ between data sets
   * @return values by key
   */
  Map<String, String> preset(String name, DataSummary data);

  /**
   * How the method shows itself in {@code juxta tour}.
   *
   * @return the settings of a short run, empty for methods that are no stop of the tour
   */
  default Optional<Tour> tour() {
    return Optional.empty();
  }

  /**
   * Plans a run: checks that settings, data and parts fit, and describes phases and functions. No
   * graph is built and nothing is written here.
   *
   * @param setup what was chosen
   * @return the plan
   * @throws UserException if something does not fit, naming all that does not
   */
  Plan plan(Setup setup);
}
