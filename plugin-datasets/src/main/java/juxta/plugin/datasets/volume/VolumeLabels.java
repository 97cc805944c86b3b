package juxta.plugin.datasets.volume;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.Dataset;
import juxta.api.UserException;
import juxta.toolkit.data.Problems;

/**
 * Which scans may show their labels.
 *
 * @param splits ids of each split; training scans that show their labels come first
 * @param seen ids of the scans that show their labels, in all splits
 */
record VolumeLabels(Map<String, List<String>> splits, Set<String> seen) {
  /**
   * Decides.
   *
   * @param lists ids of each split, in the order of the lists
   * @param cases all cases by id
   * @param labelled the first so many training scans show their labels; 0: all that have some
   * @param validation the last so many of these become the validation split
   */
  static VolumeLabels of(
      Map<String, List<String>> lists, Map<String, CaseFiles> cases, int labelled, int validation) {
    List<String> train = lists.get(Dataset.TRAIN);
    if (labelled > train.size()) {
      throw new UserException(
          "data.labelled is %d but there are %d training scans; set it to %d or less"
              .formatted(labelled, train.size(), train.size()));
    }
    List<String> shown = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    for (String id : train) {
      boolean drawn = cases.get(id).label().isPresent();
      boolean wanted = labelled == 0 ? drawn : shown.size() < labelled;
      (wanted ? shown : hidden).add(id);
    }
    Map<String, List<String>> splits = new LinkedHashMap<>(lists);
    if (validation > 0) {
      if (lists.containsKey(Dataset.VALIDATION)) {
        throw new UserException(
            "data.validation-cases is %d but validation.list names others; leave one of them away"
                .formatted(validation));
      }
      int left = shown.size() - validation;
      if (left < 1) {
        throw new UserException(
            ("data.validation-cases is %d but %d training scans are labelled; leave at least one of"
                    + " them for training")
                .formatted(validation, shown.size()));
      }
      splits.put(Dataset.VALIDATION, List.copyOf(shown.subList(left, shown.size())));
      shown.subList(left, shown.size()).clear();
    }
    Set<String> seen = new HashSet<>(shown);
    shown.addAll(hidden);
    splits.put(Dataset.TRAIN, shown);
    splits.forEach(
        (split, ids) -> {
          if (!split.equals(Dataset.TRAIN)) {
            seen.addAll(ids);
          }
        });
    requireLabels(seen, splits, cases);
    return new VolumeLabels(splits, seen);
  }

  /** Whether some masks of training scans are hidden and none is missing. */
  boolean hides(Map<String, CaseFiles> cases) {
    List<String> train = splits.get(Dataset.TRAIN);
    return !seen.containsAll(train)
        && train.stream().allMatch(id -> cases.get(id).label().isPresent());
  }

  private static String where(Path image) {
    boolean own = VolumeFormat.of(image).filter(VolumeFormat.HDF5::equals).isPresent();
    return own ? " in it" : " file beside it";
  }

  private static void requireLabels(
      Set<String> seen, Map<String, List<String>> splits, Map<String, CaseFiles> cases) {
    List<String> problems = new ArrayList<>();
    splits.forEach(
        (split, ids) ->
            ids.stream()
                .filter(id -> seen.contains(id) && cases.get(id).label().isEmpty())
                .map(
                    id ->
                        ("%s: case '%s' of the %s split has no label%s; add one or take the case off"
                                + " the list")
                            .formatted(
                                cases.get(id).image(), id, split, where(cases.get(id).image())))
                .forEach(problems::add));
    Problems.report(problems, "cases");
  }
}
