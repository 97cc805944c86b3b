package juxta.launcher.report;

import java.util.Optional;
import juxta.api.Score;
import juxta.engine.run.Fold;

/**
 * One score of one run.
 *
 * @param method id of the method
 * @param encoder id of the encoder
 * @param data id of the data set
 * @param seed the run's seed
 * @param fold the fold that was tested, empty where the data were not folded
 * @param evaluator id of the evaluator
 * @param score the score
 */
public record Row(
    String method,
    String encoder,
    String data,
    int seed,
    Optional<Fold> fold,
    String evaluator,
    Score score) {}
