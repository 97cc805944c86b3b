package juxta.engine.run;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import juxta.api.Score;

/** An entry of {@code scores.json}. Older versions said neither better, protocol nor settings. */
record RecordedScore(
    String data,
    String dataFingerprint,
    @Required String evaluator,
    @Required String metric,
    @Required double value,
    @Required Score.Unit unit,
    Optional<Score.Better> better,
    Map<String, String> protocol,
    Map<String, String> settings,
    double seconds) {
  RecordedScore {
    protocol = Objects.requireNonNullElse(protocol, Map.of());
    settings = Objects.requireNonNullElse(settings, Map.of());
  }

  static RecordedScore of(String data, String fingerprint, Scoring.Found found) {
    Score score = found.score();
    return new RecordedScore(
        data,
        fingerprint,
        found.evaluator(),
        score.metric(),
        score.value(),
        score.unit(),
        Optional.of(score.better()),
        score.protocol(),
        found.settings(),
        Math.round(found.seconds() * 10) / 10.0);
  }

  Scoring.Found found() {
    Score.Better way = better.orElse(Score.Better.HIGHER);
    return new Scoring.Found(
        evaluator, new Score(metric, value, unit, way, protocol), settings, seconds);
  }
}
