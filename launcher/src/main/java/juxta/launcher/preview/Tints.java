package juxta.launcher.preview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import juxta.api.Field;
import juxta.api.MaskClass;
import juxta.toolkit.picture.SafeColour;

/**
 * How classes of masks are shown: a tint and an outline in a colour each, which colour-blind
 * readers tell apart as far as there are such colours. What is background or ignored has none.
 *
 * @param colours by class index, 0xRRGGBB
 * @param names by class index, of those with a colour
 */
record Tints(Map<Integer, Integer> colours, Map<Integer, String> names) {
  private static final double STRENGTH = 0.4;

  /** Neighbours here differ more than in the usual order: a tint has less colour than a mark. */
  private static final List<SafeColour> FIRST =
      List.of(
          SafeColour.ORANGE,
          SafeColour.BLUE,
          SafeColour.GREEN,
          SafeColour.PURPLE,
          SafeColour.YELLOW,
          SafeColour.VERMILION,
          SafeColour.SKY);

  private static final Set<String> NOTHING = Set.of("background", "unlabeled", "unlabelled");

  /**
   * For the classes of data.
   *
   * @param classes the classes that have names
   * @param seen the indices that masks were seen to have
   */
  static Tints of(List<MaskClass> classes, List<Integer> seen) {
    Map<Integer, String> names = new LinkedHashMap<>();
    if (classes.isEmpty()) {
      seen.stream()
          .filter(index -> index != 0 && index != Field.IGNORED)
          .forEach(index -> names.put(index, "class " + index));
    }
    for (int index = 0; index < classes.size(); index++) {
      String name = classes.get(index).name();
      if (!NOTHING.contains(name.toLowerCase(Locale.ROOT))) {
        names.put(index, name);
      }
    }
    Map<Integer, Integer> colours = new LinkedHashMap<>();
    List<Integer> order = new ArrayList<>(names.keySet());
    order.forEach(index -> colours.put(index, colour(order.indexOf(index))));
    return new Tints(colours, names);
  }

  private static int colour(int place) {
    return place < FIRST.size() ? FIRST.get(place).rgb() : SafeColour.of(place);
  }

  /** A pixel of a class. */
  int of(int colour, int index, boolean edge) {
    Integer own = colours.get(index);
    if (own == null) {
      return colour;
    }
    return edge ? own : mixed(colour, own);
  }

  private static int mixed(int colour, int tint) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double under = colour >> shift & 0xFF;
      double over = tint >> shift & 0xFF;
      mixed |= (int) Math.round(under + STRENGTH * (over - under)) << shift;
    }
    return mixed;
  }
}
