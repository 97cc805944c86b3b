package juxta.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;

/** Scores a frozen model. */
@API(status = API.Status.STABLE, since = "0.1")
public interface Evaluator extends Component {
  /**
   * Functions that the model must have.
   *
   * @return names, such as {@link ModelFunction#EMBED}
   */
  Set<String> functions();

  /**
   * Fields that the data must have.
   *
   * @return names, such as {@link Field#LABEL}
   */
  default Set<String> fields() {
    return Set.of(Field.LABEL);
  }

  /**
   * Splits that the data must have.
   *
   * @return names
   */
  default Set<String> splits() {
    return Set.of(Dataset.TRAIN, Dataset.TEST);
  }

  /**
   * Settings by which it takes a quick look at a model that is being trained. Its data are then a
   * part of the training records: of {@link Dataset#TRAIN} there are up to 1,000, of {@link
   * Dataset#TEST} up to 500 others, and no other split. A look should take no longer than the
   * embedding of that many records, since all looks together may take no more than a small share of
   * the training's time.
   *
   * @return values by key, over the defaults; empty, by default, if it cannot look so quickly
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1")
  default Optional<Map<String, String>> probing() {
    return Optional.empty();
  }

  /**
   * Scores the model.
   *
   * @param evaluation the model, the data and the engine
   * @return at least one score, the main one first
   */
  List<Score> evaluate(Evaluation evaluation);
}
