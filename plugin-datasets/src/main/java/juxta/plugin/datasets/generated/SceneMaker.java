package juxta.plugin.datasets.generated;

import java.util.ArrayList;
import java.util.List;
import juxta.toolkit.data.Dice;

/**
 * Draws scenes. A scene depends on the seed, the split and the record's index alone: neither on how
 * many records there are nor on the order in which they are made.
 *
 * @param seed the user's seed
 * @param split a number for each split, so that splits share no objects
 * @param classes number of classes, the first so many of {@link Silhouette}
 * @param objects number of different objects in this split
 */
public record SceneMaker(long seed, int split, int classes, int objects) {
  private static final int OBJECT = 1;
  private static final int VIEW = 2;

  /** How far the mean colours of object and background lie apart at least: the label is visible. */
  private static final double CONTRAST = 0.6;

  /** Share of objects with the surface of their class. */
  private static final double USUAL = 0.8;

  /** Objects lean, but stand: no usual augmentation turns pictures upside down. */
  private static final double LEAN = StrictMath.PI / 5;

  /** The object that a record shows, from 0 to objects - 1. */
  int object(int record) {
    return record % objects;
  }

  /** The class of an object; all classes have as many objects, give or take one. */
  int label(int object) {
    return object % classes;
  }

  public Scene scene(int record) {
    int object = object(record);
    Dice fixed = new Dice(seed, split, OBJECT, object);
    Outline outline =
        Silhouette.values()[label(object)].draw(fixed).stretched(fixed.between(0.92, 1.09));
    Colour colour = Colour.muted(fixed);
    Texture surface = surface(fixed, label(object), colour);

    Dice view = new Dice(seed, split, VIEW, record);
    double scale = view.between(0.5, 0.75);
    double room = 1 - 0.8 * scale;
    Pose pose =
        Pose.of(
            view.between(-room, room), view.between(-room, room), scale, view.between(-LEAN, LEAN));
    return new Scene(
        background(view, surface.mean()),
        clutter(view),
        new Scene.Piece(outline, surface, pose),
        light(view));
  }

  /** Most objects have the surface of their class, as zebras have stripes; others have any. */
  private static Texture surface(Dice dice, int label, Colour colour) {
    Colour middle = new Colour(0.48, 0.48, 0.48).near(dice, 0.1);
    Colour second = colour.mixed(middle, dice.between(0.7, 1));
    if (dice.between(0, 1) > USUAL) {
      return Texture.any(dice, colour, second);
    }
    Texture.Pattern[] patterns = Texture.Pattern.values();
    double waves = 1.1 + 0.8 * (label / patterns.length) + dice.between(0, 0.4);
    return Texture.of(patterns[label % patterns.length], dice, colour, second, waves);
  }

  private static Texture background(Dice dice, Colour object) {
    Colour colour = Colour.muted(dice);
    while (colour.distance(object) < CONTRAST) {
      colour = Colour.muted(dice);
    }
    return Texture.any(dice, colour.near(dice, 0.06), colour.near(dice, 0.06));
  }

  private static List<Scene.Piece> clutter(Dice dice) {
    List<Scene.Piece> pieces = new ArrayList<>();
    int number = dice.below(3);
    for (int i = 0; i < number; i++) {
      Outline outline = Outline.of(Outline.wheel(3 + dice.below(4), 1, dice.between(0.5, 1)));
      Colour colour = Colour.muted(dice);
      Pose pose =
          Pose.of(
              dice.between(-1, 1),
              dice.between(-1, 1),
              dice.between(0.06, 0.14),
              dice.between(0, 2 * StrictMath.PI));
      pieces.add(new Scene.Piece(outline, Texture.any(dice, colour, colour.near(dice, 0.2)), pose));
    }
    return pieces;
  }

  private static Scene.Light light(Dice dice) {
    double angle = dice.between(0, 2 * StrictMath.PI);
    double strength = dice.between(0.5, 1.2);
    return new Scene.Light(
        StrictMath.cos(angle),
        StrictMath.sin(angle),
        dice.between(0, 0.35),
        dice.between(0, 0.3),
        dice.between(0, 0.5),
        new Colour(strength, strength, strength).near(dice, 0.3),
        dice.between(0.01, 0.04),
        dice.next());
  }
}
