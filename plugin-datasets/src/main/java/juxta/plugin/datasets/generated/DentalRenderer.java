package juxta.plugin.datasets.generated;

import java.util.Arrays;
import java.util.List;
import juxta.toolkit.data.Dice;

/** Draws a periapical film: what lets rays through is dark, bone and teeth are bright. */
final class DentalRenderer {
  private static final int FILM = 3;
  private static final double AIR = 0.05;
  private static final double BONE = 0.44;
  private static final double GAP = 0.22; // between root and bone
  private static final double WALL = 0.6; // the bone's own border
  private static final double CREST = 0.85;
  private static final double ROOT = 0.62;
  private static final double CANAL = 0.4;
  private static final double ENAMEL = 0.77;
  private static final double METAL = 1;

  private final int side;
  private final float[] levels; // [side, side]
  private float[] bone = {}; // [side, side], how much of a pixel is bone

  private DentalRenderer(int side) {
    this.side = side;
    this.levels = new float[side * side];
  }

  /**
   * Draws.
   *
   * @param seed the user's seed
   * @param film what to draw
   * @param side pixels along each edge
   * @return bytes in the order [side, side, 3], the three channels equal
   */
  static byte[] draw(long seed, DentalFilm film, int side) {
    Dice dice = new Dice(seed, FILM, film.patient(), film.film());
    Jaw jaw = Jaw.of(film, dice);
    DentalRenderer renderer = new DentalRenderer(side);
    renderer.tissue(jaw, dice);
    for (Tooth tooth : jaw.teeth()) {
      renderer.socket(tooth, jaw.pose());
    }
    if (jaw.sharp()) {
      renderer.paint(Coverage.of(jaw.band(jaw.crest(), 0.055), side), CREST);
    }
    for (Tooth tooth : jaw.teeth()) {
      renderer.tooth(tooth, jaw.pose());
    }
    renderer.paint(Coverage.of(jaw.mark(), side), METAL);
    return renderer.expose(dice);
  }

  private void tissue(Jaw jaw, Dice dice) {
    Arrays.fill(levels, (float) AIR);
    paint(Coverage.of(jaw.below(jaw.gum()), side), jaw.gumLevel());
    bone = Coverage.of(jaw.below(jaw.crest()), side);
    long grain = dice.next();
    double fine = dice.between(9, 14);
    double strength = dice.between(0.06, 0.12);
    for (int i = 0; i < levels.length; i++) {
      if (bone[i] > 0) {
        double x = centre(i % side);
        double y = centre(i / side);
        double u = jaw.pose().toFigureU(x, y);
        double v = jaw.pose().toFigureV(x, y);
        double mesh = 0.6 * noise(grain, u * fine, v * fine) + 0.4 * noise(~grain, u * 3, v * 3);
        blend(i, BONE + strength * 2 * (mesh - 0.5), bone[i]);
      }
    }
  }

  private void socket(Tooth tooth, Pose pose) {
    inBone(tooth.roots(0.04), pose, WALL);
    inBone(tooth.roots(0.022), pose, GAP);
  }

  private void tooth(Tooth tooth, Pose pose) {
    tooth.roots(0).forEach(root -> paint(Coverage.of(root.at(pose), side), ROOT));
    tooth.canals().forEach(canal -> paint(Coverage.of(canal.at(pose), side), CANAL));
    paint(Coverage.of(tooth.crown().at(pose), side), ENAMEL);
    paint(Coverage.of(tooth.dentine().at(pose), side), ROOT);
    if (tooth.filled()) {
      paint(Coverage.of(tooth.filling().at(pose), side), METAL);
    }
  }

  private void inBone(List<Outline> outlines, Pose pose, double level) {
    for (Outline outline : outlines) {
      float[] cover = Coverage.of(outline.at(pose), side);
      for (int i = 0; i < cover.length; i++) {
        blend(i, level, cover[i] * bone[i]);
      }
    }
  }

  private void paint(float[] cover, double level) {
    for (int i = 0; i < cover.length; i++) {
      blend(i, level, cover[i]);
    }
  }

  private void blend(int pixel, double level, double share) {
    if (share > 0) {
      levels[pixel] += Math.min(1, share) * ((float) level - levels[pixel]);
    }
  }

  private double centre(int pixel) {
    return (pixel + 0.5) / side * 2 - 1;
  }

  /** Exposure, a slope of it across the film, and noise. */
  private byte[] expose(Dice dice) {
    double gamma = dice.between(0.8, 1.25);
    double contrast = dice.between(0.72, 0.95);
    double base = dice.between(0, 0.05 + 0.9 * (0.95 - contrast));
    double angle = dice.between(0, 2 * StrictMath.PI);
    double slope = dice.between(0, 0.06);
    double right = slope * StrictMath.cos(angle);
    double down = slope * StrictMath.sin(angle);
    double noise = dice.between(0.008, 0.03);
    double[] curve = new double[1024]; // a power for each pixel would take most of the time
    for (int i = 0; i < curve.length; i++) {
      curve[i] = contrast * StrictMath.pow(i / 1023.0, gamma);
    }
    byte[] rgb = new byte[3 * levels.length];
    for (int i = 0; i < levels.length; i++) {
      double tilt = right * centre(i % side) + down * centre(i / side);
      double level = base + curve[Math.round(levels[i] * 1023)] + tilt + noise * dice.bell();
      byte grey = (byte) Math.round(255 * Math.max(0, Math.min(1, level)));
      rgb[3 * i] = grey;
      rgb[3 * i + 1] = grey;
      rgb[3 * i + 2] = grey;
    }
    return rgb;
  }

  /** Smooth noise from 0 to 1: random heights at whole numbers, joined. */
  private static double noise(long seed, double x, double y) {
    long column = (long) Math.floor(x);
    long row = (long) Math.floor(y);
    double u = ease(x - column);
    double v = ease(y - row);
    double above = height(seed, column, row) * (1 - u) + height(seed, column + 1, row) * u;
    double below = height(seed, column, row + 1) * (1 - u) + height(seed, column + 1, row + 1) * u;
    return above * (1 - v) + below * v;
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double height(long seed, long column, long row) {
    return (Dice.mix(Dice.mix(seed + column) ^ row) >>> 11) * 0x1.0p-53;
  }
}
