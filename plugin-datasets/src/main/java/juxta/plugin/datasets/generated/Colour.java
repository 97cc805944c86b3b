package juxta.plugin.datasets.generated;

import juxta.toolkit.data.Dice;

/**
 * A colour; 0 is dark and 1 is full, values outside are cut when a picture is written.
 *
 * @param red red part
 * @param green green part
 * @param blue blue part
 */
record Colour(double red, double green, double blue) {
  /** Dark or light with a little tint: a picture is not to be known by its colours alone. */
  static Colour muted(Dice dice) {
    double grey = dice.below(2) == 0 ? dice.between(0.15, 0.3) : dice.between(0.65, 0.8);
    return new Colour(grey, grey, grey).near(dice, 0.06);
  }

  /** A colour at most so far away on each axis. */
  Colour near(Dice dice, double reach) {
    return new Colour(
        red + dice.between(-reach, reach),
        green + dice.between(-reach, reach),
        blue + dice.between(-reach, reach));
  }

  Colour mixed(Colour other, double share) {
    return new Colour(
        red + share * (other.red - red),
        green + share * (other.green - green),
        blue + share * (other.blue - blue));
  }

  double distance(Colour other) {
    double r = red - other.red;
    double g = green - other.green;
    double b = blue - other.blue;
    return Math.sqrt(r * r + g * g + b * b);
  }
}
