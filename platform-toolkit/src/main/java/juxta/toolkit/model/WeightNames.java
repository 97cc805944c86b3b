package juxta.toolkit.model;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds an encoder's weights among the names of a file. Training programs put words before them,
 * such as {@code module.}, {@code backbone.}, {@code model.} or {@code module.encoder_q.}: one such
 * beginning, common to all, is understood.
 *
 * @param found names of the file
 * @param beginnings beginnings under which all names that are wanted are found
 */
public record WeightNames(Set<String> found, List<String> beginnings) {
  private static final int SHOWN = 3;

  /**
   * Looks for names.
   *
   * @param found names of the file
   * @param wanted names of the encoder's weights, one or more
   * @return what is found
   */
  public static WeightNames of(Set<String> found, Collection<String> wanted) {
    String first = wanted.iterator().next();
    Set<String> beginnings = new TreeSet<>();
    for (String name : found) {
      if (name.equals(first) || name.endsWith("." + first)) {
        String beginning = name.substring(0, name.length() - first.length());
        if (wanted.stream().allMatch(own -> found.contains(beginning + own))) {
          beginnings.add(beginning);
        }
      }
    }
    return new WeightNames(Set.copyOf(found), List.copyOf(beginnings));
  }

  /**
   * What stands before all names.
   *
   * @return the beginning, empty text where there is none; empty if the names are not found, or
   *     under several beginnings of which none is plain or {@code encoder.}
   */
  public Optional<String> beginning() {
    for (String usual : List.of("", "encoder.")) {
      if (beginnings.contains(usual)) {
        return Optional.of(usual);
      }
    }
    if (beginnings.size() == 1) {
      return Optional.of(beginnings.get(0));
    }
    // MoCo's files have both encoders; its own main_lincls.py takes that of the queries.
    return beginnings.size() == 2 && beginnings.get(0).endsWith("encoder_k.")
        ? Optional.of(beginnings.get(0).replaceFirst("encoder_k\\.$", "encoder_q."))
            .filter(beginnings::contains)
        : Optional.empty();
  }

  /**
   * What the file has in place of what is wanted, for errors.
   *
   * @return some of its names, or the beginnings between which it is not clear
   */
  public String instead() {
    if (beginnings.size() > 1) {
      return "the file has them several times, under "
          + quoted(beginnings)
          + "; keep one of these in a file of its own";
    }
    List<String> names = List.copyOf(new TreeSet<>(found));
    return names.isEmpty()
        ? "the file has none at all"
        : "the file has "
            + quoted(names.subList(0, Math.min(SHOWN, names.size())))
            + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
  }

  private static String quoted(List<String> names) {
    return String.join(", ", names.stream().map(name -> "'" + name + "'").toList());
  }
}
