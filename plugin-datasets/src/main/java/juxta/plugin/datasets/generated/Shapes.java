package juxta.plugin.datasets.generated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.MaskClass;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.picture.Pixels;
import juxta.toolkit.picture.SafeColour;

/**
 * Generated pictures of textured objects; nothing is downloaded.
 *
 * <p>The class is the silhouette, and most objects of a class have a surface in common (stripes,
 * checks, dots or clouds of a certain size). Colours and proportions belong to the object (field
 * {@code instance}); place, turn, size, light, background, clutter and noise belong to the single
 * picture, and coloured light changes all of it. Raw pixels therefore say little about the class,
 * while what crops, colour changes and flips leave alone says much. The test split shows objects
 * that the training split does not, so a score on {@code label} measures classes and not memory of
 * objects; within a split each object is seen several times, so {@code instance} can be used for
 * retrieval. Field {@code mask} tells for each pixel whether it shows the object, and of which
 * class that is.
 */
public final class Shapes implements DatasetProvider {
  static final Setting<Integer> TRAIN_SIZE =
      Setting.integer("train-size", 4000)
          .range(1, 10_000_000)
          .describe("number of training pictures")
          .source("own choice: generated in about a second");

  static final Setting<Integer> TEST_SIZE =
      Setting.integer("test-size", 1000)
          .range(1, 10_000_000)
          .describe("number of test pictures")
          .source("own choice");

  static final Setting<Integer> SIDE =
      Setting.integer("side", 32)
          .range(8, 1024)
          .describe("height and width in pixels; the same scenes at every size")
          .source("own choice: that of CIFAR-10");

  static final Setting<Integer> CLASSES =
      Setting.integer("classes", Silhouette.values().length)
          .range(2, Silhouette.values().length)
          .describe("number of classes")
          .source("own choice: that of CIFAR-10");

  static final Setting<Integer> INSTANCES =
      Setting.integer("instances", 400)
          .range(2, 1_000_000)
          .describe("number of different training objects; the test split has a quarter as many")
          .source("own choice: ten pictures of each object at the default sizes");

  static final Setting<Integer> SEED =
      Setting.integer("seed", 0)
          .describe("another seed gives other objects and pictures")
          .source("own choice; apart from the run's seed, so that runs share their data");

  static final Setting<Double> VARIETY =
      Setting.real("variety", 1)
          .range(0, 1)
          .describe(
              "how much pictures differ in what says nothing of the class: place, turn, size,"
                  + " colours, light, clutter; 0: outline and pattern alone")
          .source("own choice: all of it; less is like cells under a microscope");

  /** A pixel is the object's if the object covers so much of it. */
  private static final float HALF = 0.5f;

  /** Raised whenever the same settings give other pixels. */
  private static final int VERSION = 4;

  /** Creates the provider. */
  public Shapes() {}

  @Override
  public String id() {
    return "shapes";
  }

  @Override
  public String summary() {
    return "generated pictures of textured objects, classes by silhouette; needs no download";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(TRAIN_SIZE, TEST_SIZE, SIDE, CLASSES, INSTANCES, SEED, VARIETY);
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    request
        .path()
        .ifPresent(
            path -> {
              throw new UserException(
                  "shapes: the pictures are generated, not read from "
                      + path
                      + "; leave the path away: --data shapes");
            });
    Settings settings = request.settings();
    int classes = settings.get(CLASSES);
    int objects = settings.get(INSTANCES);
    if (objects < classes) {
      throw new UserException(
          "shapes: "
              + objects
              + " instances cannot show "
              + classes
              + " classes; set instances to "
              + classes
              + " or more, or classes to "
              + objects);
    }
    int testObjects = Math.max(classes, objects / 4);
    int seed = settings.get(SEED);
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(
        Dataset.TRAIN,
        split(
            new SceneMaker(seed, 0, classes, objects),
            0,
            settings.get(TRAIN_SIZE),
            settings,
            request.progress()));
    splits.put(
        Dataset.TEST,
        split(
            new SceneMaker(seed, 1, classes, testObjects),
            objects,
            settings.get(TEST_SIZE),
            settings,
            request.progress()));
    Fingerprint fingerprint = new Fingerprint().add("version", Integer.toString(VERSION));
    settings().stream() // what was made before there was variety has all of it
        .filter(setting -> setting != VARIETY || settings.get(VARIETY) != 1)
        .forEach(setting -> fingerprint.add(setting.key(), String.valueOf(settings.get(setting))));
    List<String> names =
        IntStream.range(0, classes).mapToObj(i -> Silhouette.values()[i].word()).toList();
    return new OpenDataset(id(), splits, names, fingerprint.hex()).masked(maskClasses(names));
  }

  /** The object's pixels are of its class, numbered from 1; the background and clutter are 0. */
  private static byte[] mask(Scene scene, int label, int side) {
    float[] cover = Renderer.mask(scene, side);
    byte object = (byte) (1 + label);
    byte[] mask = new byte[cover.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = cover[i] >= HALF ? object : 0;
    }
    return mask;
  }

  private static List<MaskClass> maskClasses(List<String> names) {
    List<MaskClass> classes = new ArrayList<>(List.of(new MaskClass("background", 0)));
    for (int i = 0; i < names.size(); i++) {
      classes.add(new MaskClass(names.get(i), SafeColour.of(i)));
    }
    return classes;
  }

  private static Split split(
      SceneMaker maker,
      int firstId,
      int size,
      Settings settings,
      BiConsumer<String, Double> progress) {
    int side = settings.get(SIDE);
    double variety = settings.get(VARIETY);
    IntFunction<Scene> scenes = record -> maker.scene(record).calmed(variety);
    IntFunction<byte[]> images =
        Pixels.keepIfFits(
            size,
            3L * side * side,
            record -> Renderer.draw(scenes.apply(record), side),
            "drawing shapes",
            progress);
    int[] labels = new int[size];
    int[] instances = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = maker.label(maker.object(i));
      instances[i] = firstId + maker.object(i);
    }
    return ColumnSplit.of(
        size,
        Column.images(side, side, 3, images),
        Column.labels(labels),
        Column.numbers(Field.INSTANCE, instances),
        Column.masks(side, side, record -> mask(scenes.apply(record), labels[record], side)));
  }
}
