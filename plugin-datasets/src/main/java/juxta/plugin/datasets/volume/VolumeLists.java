package juxta.plugin.datasets.volume;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.Dataset;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Problems;

/** Which cases belong to which split: by the lists in the folder, else a share of the patients. */
final class VolumeLists {
  private static final Map<String, String> LISTS = lists();

  private VolumeLists() {}

  private static Map<String, String> lists() {
    Map<String, String> lists = new LinkedHashMap<>();
    lists.put(Dataset.TRAIN, "train.list");
    lists.put(Dataset.TEST, "test.list");
    lists.put(Dataset.VALIDATION, "validation.list");
    return Collections.unmodifiableMap(lists);
  }

  /**
   * Ids of each split, in the order of its list; never empty for the training split.
   *
   * @param root the folder
   * @param cases ids of the cases that are there
   * @param testShare share of the patients that is held out where no list says which
   */
  static Map<String, List<String>> read(Path root, Collection<String> cases, double testShare) {
    List<String> problems = new ArrayList<>();
    Map<String, List<String>> splits = new LinkedHashMap<>();
    Map<String, String> seen = new HashMap<>();
    LISTS.forEach(
        (split, name) -> {
          if (Files.exists(root.resolve(name))) {
            splits.put(split, ids(root.resolve(name), cases, seen, problems));
          }
        });
    if (splits.isEmpty()) {
      Path all = root.resolve("all.list");
      boolean listed = Files.exists(all);
      splits.putAll(share(listed ? ids(all, cases, seen, problems) : cases, testShare));
    } else if (!splits.containsKey(Dataset.TRAIN)) {
      problems.add(root + ": has other lists but no train.list; write one, a case id a line");
    }
    Problems.report(problems, "cases");
    splits.forEach(
        (split, ids) -> {
          if (ids.isEmpty()) {
            String list = root.resolve(LISTS.get(split)).toString();
            problems.add(list + ": is empty; write a case id a line, or remove it");
          }
        });
    Problems.report(problems, "cases");
    return splits;
  }

  private static List<String> ids(
      Path list, Collection<String> cases, Map<String, String> seen, List<String> problems) {
    List<String> ids = new ArrayList<>();
    for (String line : DataFolder.lines(list)) {
      String id = VolumeFormat.stem(line);
      if (!cases.contains(id)) {
        problems.add(
            "%s: there is no case '%s' in %s; add its files or take it off the list"
                .formatted(list, id, list.getParent()));
      } else if (seen.containsKey(id)) {
        problems.add(
            "%s: case '%s' stands in %s already; a case belongs to one split, take it off one list"
                .formatted(list, id, seen.get(id)));
      } else {
        seen.put(id, DataFolder.name(list));
        ids.add(id);
      }
    }
    return ids;
  }

  /** The last so many patients by name are held out; frames of a heart stay together. */
  private static Map<String, List<String>> share(Collection<String> ids, double testShare) {
    Map<String, List<String>> patients = new TreeMap<>();
    ids.stream()
        .sorted()
        .forEach(id -> patients.computeIfAbsent(patient(id), k -> new ArrayList<>()).add(id));
    int wanted = testShare == 0 ? 0 : (int) Math.max(1, Math.round(testShare * patients.size()));
    int held = Math.min(Math.max(0, patients.size() - 1), wanted);
    List<String> train = new ArrayList<>();
    List<String> test = new ArrayList<>();
    int left = patients.size();
    for (List<String> frames : patients.values()) {
      (left-- > held ? train : test).addAll(frames);
    }
    Map<String, List<String>> splits = new LinkedHashMap<>();
    splits.put(Dataset.TRAIN, train);
    if (!test.isEmpty()) {
      splits.put(Dataset.TEST, test);
    }
    return splits;
  }

  /** Whose scan it is: frames of a heart have names that begin with the patient's. */
  static String patient(String id) {
    int frame = id.indexOf("_frame");
    return frame > 0 ? id.substring(0, frame) : id;
  }
}
