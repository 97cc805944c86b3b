package juxta.launcher.author;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import juxta.api.Augmentation;
import juxta.api.Component;
import juxta.api.DatasetProvider;
import juxta.api.Encoder;
import juxta.api.Evaluator;
import juxta.api.Loss;
import juxta.api.Method;
import juxta.api.UserException;
import juxta.engine.catalogue.Nearest;

/** What kind of component a new plug-in begins with. Each is a class of one of the examples. */
public enum ProjectKind {
  /** A method that trains. */
  METHOD(
      Method.class,
      "plugin-example",
      "SimSiamLite",
      "simsiam-lite",
      "train %s --data shapes --preset small"),

  /** A network. */
  ENCODER(
      Encoder.class,
      "plugin-parts",
      "TwoLayers",
      "two-layers",
      "train simclr --encoder %s --data shapes --preset small"),

  /** Views of images. */
  AUGMENTATION(
      Augmentation.class,
      "plugin-parts",
      "CropMirror",
      "crop-mirror",
      "train simclr --augmentation %s --data shapes --preset small"),

  /** A loss. */
  LOSS(
      Loss.class,
      "plugin-parts",
      "SoftLabels",
      "soft-labels",
      "train simclr --loss %s --data shapes --preset small"),

  /** A score. */
  EVALUATOR(
      Evaluator.class,
      "plugin-parts",
      "ClassMeans",
      "class-means",
      "compare --methods simclr --evaluators %s --data shapes --preset small --out runs/mine"),

  /** A data set. */
  DATASET(
      DatasetProvider.class, "plugin-parts", "StripedTiles", "striped-tiles", "preview --data %s");

  private final Class<? extends Component> service;
  private final String example;
  private final String className;
  private final String id;
  private final String trial;

  ProjectKind(
      Class<? extends Component> service,
      String example,
      String className,
      String id,
      String trial) {
    this.service = service;
    this.example = example;
    this.className = className;
    this.id = id;
    this.trial = trial;
  }

  /**
   * The kind that a user names.
   *
   * @param word such as {@code method}
   * @return the kind
   * @throws UserException if there is none
   */
  public static ProjectKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "juxta new-plugin: no --kind '" + word + "'" + Nearest.among(word, words())));
  }

  /**
   * What users call the kinds.
   *
   * @return such as {@code method}
   */
  public static List<String> words() {
    return Arrays.stream(values()).map(ProjectKind::word).toList();
  }

  /**
   * What users call it.
   *
   * @return such as {@code method}
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The words after {@code juxta} with which a component of this kind is tried.
   *
   * @param name the id of the component
   * @return the words
   */
  public String trial(String name) {
    return trial.replace("%s", name);
  }

  /**
   * Its service.
   *
   * @return an interface of {@code juxta.api}
   */
  public Class<? extends Component> service() {
    return service;
  }

  /** The class of the example. */
  String className() {
    return className;
  }

  /** The id of the example's component. */
  String id() {
    return id;
  }

  /** The source of the example. */
  String source() {
    return Template.read(example + "/src/main/java/example/" + className + ".java");
  }
}
