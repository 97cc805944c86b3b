package juxta.launcher.report;

import juxta.api.Score;

/**
 * One score of one run.
 *
 * @param method id of the method
 * @param encoder id of the encoder
 * @param data id of the data set
 * @param seed the run's seed
 * @param evaluator id of the evaluator
 * @param score the score
 */
public record Row(
    String method, String encoder, String data, int seed, String evaluator, Score score) {}
