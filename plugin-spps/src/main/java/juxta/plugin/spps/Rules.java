package juxta.plugin.spps;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.Settings;

/**
 * Which pairs are chosen among those whose similarity fits.
 *
 * @param band the similarities that fit
 * @param perAnchor pairs that an anchor chooses, the most similar first; ties go to the smaller
 *     index
 * @param perImage pairs that an image may be part of, the most similar first
 * @param atMost pairs in all, the most similar first
 */
record Rules(Band band, int perAnchor, int perImage, int atMost) {
  /** No limit. */
  static final int ALL = Integer.MAX_VALUE;

  static Rules of(Settings s, int images) {
    return new Rules(
        new Band(s.get(SppsSettings.LOW), s.get(SppsSettings.HIGH)),
        switch (s.get(SppsSettings.CHOOSE)) {
          case "best" -> 1;
          case "top" -> s.get(SppsSettings.TOP);
          default -> ALL;
        },
        s.get(SppsSettings.PER_IMAGE).orElse(ALL),
        s.get(SppsSettings.SHARE)
            .map(share -> (int) Math.min(ALL, Math.max(1, Math.round(share * images))))
            .orElse(ALL));
  }

  /** The set P: each unordered pair once, without those beyond a limit, by images. */
  List<Pair> set(List<Pair> chosen) {
    Map<Long, Pair> once = new TreeMap<>();
    chosen.forEach(pair -> once.put(pair.key(), pair));
    if (perImage == ALL && once.size() <= atMost) {
      return List.copyOf(once.values());
    }
    Map<Integer, Integer> uses = new HashMap<>();
    List<Pair> kept = new ArrayList<>();
    for (Pair pair : once.values().stream().sorted(Pair.BY_SIMILARITY).toList()) {
      boolean full =
          uses.getOrDefault(pair.first(), 0) >= perImage
              || uses.getOrDefault(pair.second(), 0) >= perImage;
      if (!full && kept.size() < atMost) {
        uses.merge(pair.first(), 1, Integer::sum);
        uses.merge(pair.second(), 1, Integer::sum);
        kept.add(pair);
      }
    }
    kept.sort(Pair.BY_IMAGES);
    return List.copyOf(kept);
  }
}
