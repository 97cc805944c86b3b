package juxta.launcher.preview;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Dataset;
import juxta.api.Split;
import juxta.engine.run.Choices;

/**
 * All that a preview tells.
 *
 * @param name what the user calls the data
 * @param data the data, open
 * @param survey what they hold
 * @param fits which methods can train on them
 * @param evaluators ids of what can score on them
 * @param shown the method whose views are shown, with its parts; empty where there are no views
 * @param columns the views
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
    Optional<Choices> shown,
    ViewColumns columns,
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
   * @param shown see the record
   * @param columns see the record
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
   * What the views are made by, in words.
   *
   * @return such as {@code simclr, preset paper, augmentation simclr}
   */
  public Optional<String> drawer() {
    return shown.map(
        choices ->
            choices.method().id()
                + ", preset "
                + choices.preset()
                + choices.augmentation().map(a -> ", augmentation " + a.id()).orElse(""));
  }
}
