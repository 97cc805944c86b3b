package juxta.launcher.cli;

import java.util.Locale;
import juxta.api.Dataset;
import juxta.engine.run.Choices;
import juxta.engine.run.Folded;

/** Says in one line what is about to be trained. */
final class Headline {
  private Headline() {}

  static String of(Choices choices, String dataName, Dataset data) {
    String label = choices.method().id();
    String on = data instanceof Folded folded ? dataName + ", fold " + folded.words() : dataName;
    if (choices.encoder().isEmpty()) {
      return label + " on " + on + " (" + data.train().size() + " records)";
    }
    if (!choices.trains()) {
      return String.format(
          Locale.ROOT,
          "%s: %s on %s (%d records), no training, seed %d",
          label,
          choices.encoderName(),
          on,
          data.train().size(),
          choices.seed());
    }
    return String.format(
        Locale.ROOT,
        "%s with %s on %s (%d records), %s, batch %d, %s, seed %d, preset %s",
        label,
        choices.encoderName(),
        on,
        data.train().size(),
        choices.budget(),
        choices.batch(),
        choices.precision(),
        choices.seed(),
        choices.preset());
  }
}
