package juxta.plugin.baselines.evaluators;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Field;
import juxta.api.MaskClass;
import juxta.api.ModelFunction;
import juxta.api.Reference;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.metrics.ConfusionMatrix;

/**
 * Trains the head of DeepLabV3+ on the masks of some training tiles, as a rule together with the
 * encoder, and scores the classes of all pixels of the test tiles. Where there is a validation
 * split, the weights of the epoch with the best accuracy on it are kept.
 *
 * <p>All scores follow from one confusion matrix over the test split. Pixels of no class are left
 * out. Leaves {@code classes.csv}, {@code confusion.csv} and {@code tiles.png}.
 */
public final class Segmentation implements Evaluator {
  /** Made by the service loader. */
  public Segmentation() {}

  @Override
  public String id() {
    return "segmentation";
  }

  @Override
  public String summary() {
    return "classes of pixels, by a DeepLabV3+ head trained on few masks";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Chen, Zhu, Papandreou, Schroff, Adam",
            "Encoder-Decoder with Atrous Separable Convolution for Semantic Image Segmentation",
            2018,
            "https://arxiv.org/abs/1802.02611"));
  }

  @Override
  public List<Setting<?>> settings() {
    return SegmentationSettings.ALL;
  }

  @Override
  public Set<String> functions() {
    return Set.of(ModelFunction.DENSE_MAPS);
  }

  @Override
  public Set<String> fields() {
    return Set.of(Field.IMAGE, Field.MASK);
  }

  @Override
  public List<Score> evaluate(Evaluation evaluation) {
    SegmentationSettings settings = SegmentationSettings.of(evaluation.settings());
    Dataset data = evaluation.data();
    List<MaskClass> classes = data.maskClasses();
    if (classes.size() < 2) {
      throw new UserException(
          "segmentation: data set '" + data.id() + "' names no classes of its masks");
    }
    int size = size(data.train());
    int side = settings.side() == 0 ? size : settings.side();
    int[] tiles = LabelledTiles.draw(data.train(), settings.labelled(), evaluation.seed());
    SegmentationTraining training =
        new SegmentationTraining(evaluation, settings, tiles, classes.size(), size, side);
    Evaluation.Trained head = training.run();

    ConfusionMatrix found = new ConfusionMatrix(classes.size());
    TilePicture picture = new TilePicture(classes, settings.pictures());
    try (Evaluation.Applied applied =
        head.open(SegmentationTraining.SEGMENT, SegmentationTraining.inputs(data.train()))) {
      new TileScoring(data, Dataset.TEST, applied)
          .run(
              found,
              picture,
              done -> evaluation.progress(done, data.split(Dataset.TEST).size(), "tiles"));
    }
    if (found.total() == 0) {
      throw new UserException("segmentation: no pixel of the test split has a class");
    }
    SegmentationTables.write(found, classes, evaluation.directory());
    picture.write(evaluation.directory().resolve("tiles.png"));
    Map<String, String> shown = new LinkedHashMap<>(training.shown());
    int[] missing = LabelledTiles.missing(data.train(), tiles, classes.size());
    if (missing.length > 0) {
      String names =
          Arrays.stream(missing).mapToObj(c -> classes.get(c).name()).collect(joining("/"));
      shown.put("not in the labelled tiles", names);
    }
    return scores(found, classes, shown);
  }

  private static int size(Split train) {
    List<Long> shape = train.field(Field.IMAGE).shape();
    if (!train.field(Field.IMAGE).fixed() || !shape.get(0).equals(shape.get(1))) {
      throw new UserException(
          "segmentation: images are %s (height, width, channels) and must be squares of one size; "
                  .formatted(shape)
              + "set data.tile=N to cut them into tiles");
    }
    return Math.toIntExact(shape.get(0));
  }

  private static List<Score> scores(
      ConfusionMatrix found, List<MaskClass> classes, Map<String, String> protocol) {
    int[] seen =
        IntStream.range(0, classes.size())
            .filter(c -> found.actual(c) + found.predicted(c) > 0)
            .toArray();
    Map<String, String> shown = new LinkedHashMap<>(protocol);
    shown.put("classes", seen.length + " of " + classes.size());
    shown.put("pixels", found.total() + " of the test split");
    List<Score> scores = new ArrayList<>();
    scores.add(new Score("miou", found.meanIou(), Score.Unit.RATE, shown));
    scores.add(new Score("overall-accuracy", found.accuracy(), Score.Unit.RATE, shown));
    scores.add(new Score("kappa", found.kappa(), Score.Unit.NUMBER, shown));
    scores.add(new Score("mean-f1", found.meanF1(), Score.Unit.RATE, shown));
    for (int c : seen) {
      scores.add(new Score("iou/" + word(classes, c), found.iou(c), Score.Unit.RATE, shown));
      scores.add(new Score("f1/" + word(classes, c), found.f1(c), Score.Unit.RATE, shown));
    }
    return scores;
  }

  /** A class's name as part of a metric's; its number where names would be the same. */
  private static String word(List<MaskClass> classes, int index) {
    List<String> words =
        classes.stream()
            .map(c -> c.name().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-"))
            .toList();
    String word = words.get(index);
    return Collections.frequency(words, word) > 1 ? Integer.toString(index) : word;
  }
}
