package juxta.plugin.datasets.generated;

import java.util.ArrayList;
import java.util.List;
import juxta.toolkit.data.Dice;

/**
 * The shapes on a film, in units of half its side, roots downwards. All but the stage, the fillings
 * and the mark is drawn for each film on its own.
 *
 * @param teeth those on the film, from left to right; the outer two are cut by its border
 * @param crest height of the bone at points from left to right as x0, y0, x1, y1, …
 * @param gum height of the gum, likewise
 * @param sharp whether the crest is a bright line
 * @param gumLevel brightness of the gum
 * @param mark the mark in a corner, in the picture's coordinates
 * @param pose how the jaw lies on the film
 */
record Jaw(
    List<Tooth> teeth,
    double[] crest,
    double[] gum,
    boolean sharp,
    double gumLevel,
    Outline mark,
    Pose pose) {
  private static final int TEETH = 6;
  private static final double PITCH = 0.45;
  private static final double REACH = 2.2;

  /** Where crowns end and roots begin. All crowns but the outer two lie on the film whole. */
  private static final double NECK = -0.28;

  static Jaw of(DentalFilm film, Dice dice) {
    double pitch = PITCH * dice.between(0.97, 1.03);
    double left = -2.5 * pitch + dice.between(-0.03, 0.03);
    double length = dice.between(0.92, 1.08); // of the roots
    int roots = 1 + dice.below(2);
    int lost = film.stage() == DentalStage.STAGE_4 ? 2 + dice.below(2) : -1;
    List<Integer> inner = shuffled(dice, lost);
    List<Tooth> teeth = new ArrayList<>();
    for (int i = 0; i < TEETH; i++) {
      boolean filled = inner.indexOf(i) >= 0 && inner.indexOf(i) < film.fillings();
      Tooth tooth = Tooth.of(dice, left + i * pitch, NECK, length, roots, filled);
      if (i != lost) {
        teeth.add(tooth);
      }
    }
    DentalStage stage = film.stage();
    double loss = dice.between(stage.least(), stage.most());
    boolean swollen = stage == DentalStage.GINGIVITIS;
    double gumTop =
        NECK + 0.5 * loss * length - (swollen ? 0.24 : 0.08) + dice.between(-0.02, 0.02);
    double[] crest = new double[2 * (4 * TEETH + 1)];
    double[] gum = crest.clone();
    double phase = dice.between(0, 2 * StrictMath.PI);
    for (int i = 0; i < crest.length / 2; i++) {
      double x = -REACH + 2 * REACH * i / (crest.length / 2 - 1);
      // The crest waves a little, but never into the range of another stage.
      double wave = 0.5 * StrictMath.sin(3.1 * x + phase);
      double here = loss + wave * Math.min(loss - stage.least(), stage.most() - loss);
      // Between two teeth the gum rises; where it is swollen, it bulges.
      double rise = StrictMath.cos(2 * StrictMath.PI * ((x - left) / pitch + 0.5));
      crest[2 * i] = x;
      crest[2 * i + 1] = NECK + here * length;
      gum[2 * i] = x;
      gum[2 * i + 1] = gumTop - (swollen ? 0.06 : 0.03) * rise;
    }
    Pose pose =
        Pose.of(
            dice.between(-0.03, 0.03),
            dice.between(-0.05, 0.05),
            dice.between(0.9, 1),
            dice.between(-0.12, 0.12));
    return new Jaw(
        List.copyOf(teeth),
        crest,
        gum,
        stage == DentalStage.HEALTHY,
        swollen ? 0.33 : 0.2,
        mark(film.dot(), dice),
        pose);
  }

  /** The inner teeth that are there, in random order: the first ones are filled. */
  private static List<Integer> shuffled(Dice dice, int lost) {
    List<Integer> inner = new ArrayList<>();
    for (int i = 1; i < TEETH - 1; i++) {
      inner.add(dice.below(inner.size() + 1), i);
    }
    inner.remove(Integer.valueOf(lost));
    return inner;
  }

  private static Outline mark(boolean dot, Dice dice) {
    double x = (dice.below(2) == 0 ? -1 : 1) * dice.between(0.7, 0.78);
    double y = dice.between(0.8, 0.86);
    Pose place = Pose.of(x, y, 1, dice.between(-0.2, 0.2));
    return dot
        ? Outline.of(Outline.wheel(20, 0.075)).at(place)
        : Outline.of(-0.16, -0.035, 0.16, -0.035, 0.16, 0.035, -0.16, 0.035).at(place);
  }

  /** Everything below a line, as it lies on the film. */
  Outline below(double[] line) {
    return band(line, 4);
  }

  /** A stripe below a line, as it lies on the film. */
  Outline band(double[] line, double height) {
    int points = line.length / 2;
    double[] border = new double[2 * line.length];
    System.arraycopy(line, 0, border, 0, line.length);
    for (int i = 0; i < points; i++) {
      border[line.length + 2 * i] = line[2 * (points - 1 - i)];
      border[line.length + 2 * i + 1] = line[2 * (points - 1 - i) + 1] + height;
    }
    return Outline.of(border).at(pose);
  }
}
