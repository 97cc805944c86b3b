package juxta.api;

import java.util.List;
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
   * Scores the model.
   *
   * @param evaluation the model, the data and the engine
   * @return at least one score, the main one first
   */
  List<Score> evaluate(Evaluation evaluation);
}
