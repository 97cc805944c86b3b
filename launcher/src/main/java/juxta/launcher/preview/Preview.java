package juxta.launcher.preview;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Dataset;
import juxta.api.Method;
import juxta.api.Split;
import juxta.engine.catalogue.Registered;
import juxta.engine.run.Overrides;
import juxta.toolkit.text.ShellWords;

/**
 * All that a preview tells.
 *
 * @param name what the user calls the data
 * @param data the data, open
 * @param survey what they hold
 * @param fits which methods can train on them
 * @param evaluators ids of what can score on them
 * @param views the views that are shown
 * @param notes what readers logged
 * @param remarks what somebody may want to look after, beside what the survey found
 * @param sheet where the sheet was written, if it was
 */
public record Preview(
    String name,
    Dataset data,
    Survey survey,
    List<Fit> fits,
    List<String> evaluators,
    ShownViews views,
    List<String> notes,
    List<String> remarks,
    Optional<Path> sheet) {
  /**
   * Copies.
   *
   * @param name see the record
   * @param data see the record
   * @param survey see the record
   * @param fits see the record
   * @param evaluators see the record
   * @param views see the record
   * @param notes see the record
   * @param remarks see the record
   * @param sheet see the record
   */
  public Preview {
    fits = List.copyOf(fits);
    evaluators = List.copyOf(evaluators);
    notes = List.copyOf(notes);
    remarks = List.copyOf(remarks);
  }

  /**
   * The splits that may be looked at.
   *
   * @return by name
   */
  public Map<String, Split> splits() {
    return Picks.splits(data);
  }

  /**
   * What comes next: a training of the method whose views are shown.
   *
   * @param fits finds out whether it would train, and with which batch
   * @param asked name of the preset that was asked for; else it is that for small machines
   * @param given settings; those of the data are passed on
   * @return the command, if the method takes the data
   */
  public Optional<String> next(Fits fits, Optional<String> asked, Overrides given) {
    return views.choices().flatMap(choices -> next(choices.method(), fits, asked, given));
  }

  private Optional<String> next(
      Registered<Method> method, Fits fits, Optional<String> asked, Overrides given) {
    Optional<String> preset =
        asked.or(() -> Optional.of(Method.SMALL)).filter(method.component().presets()::contains);
    Fit fit = fits.of(method, preset);
    if (!fit.fits()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(List.of("juxta", "train", method.id(), "--data", name));
    preset.ifPresent(p -> words.addAll(List.of("--preset", p)));
    fit.batch().ifPresent(batch -> words.addAll(List.of("--batch", batch.toString())));
    given
        .only((key, entry) -> key.startsWith("data."))
        .texts()
        .forEach((key, text) -> words.addAll(List.of("--set", key + "=" + text)));
    return Optional.of(ShellWords.line(words));
  }
}
