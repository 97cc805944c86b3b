package juxta.plugin.spps;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.TaskContext;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.metrics.Rows;

/**
 * The phase between reference and training: encodes all images, mines the pairs or draws a control,
 * and writes them with what is to be known of them.
 *
 * @param setup the run
 * @param reference the encoder that mines
 */
record MinePairs(Setup setup, ReferenceEncoder reference) {
  private static final String HISTOGRAM = "similarities.csv";
  private static final String CLASSES = "pair-classes.csv";
  private static final String CONTROLS = "pair-controls.csv";

  void run(TaskContext task) {
    Settings s = setup.settings();
    Split train = setup.data().train();
    int[] labels = labels(train);
    String source = s.get(SppsSettings.PAIRS);
    if (source.equals("same-class") && IntStream.of(labels).noneMatch(label -> label >= 0)) {
      throw new UserException(
          "pairs: the data '" + setup.data().id() + "' have no labels for same-class pairs");
    }
    load(task, s.get(SppsSettings.REFERENCE));
    String checksum = Checksum.of(task, reference.setup());
    Matrix features =
        task.run(Spps.EMBED_REFERENCE, Dataset.TRAIN, ModelFunction.EMBEDDING); // [N, d]
    Mining mining =
        new Mining(
            Rules.of(s, train.size()),
            s.get(SppsSettings.ANCHORS),
            s.get(SppsSettings.CANDIDATES).equals("anchors"),
            SimilarityBlocks.DEFAULT);
    int anchors = mining.anchors(train.size(), setup.seed()).length;
    Mining.Found found =
        mining.mine(features, setup.seed(), done -> task.progress(done, anchors, "anchors"));
    AtomicFile.write(task.artefacts().resolve(HISTOGRAM), found.all().csv());
    if (found.pairs().isEmpty()) {
      throw empty(s, found);
    }
    Similarities exact = new Similarities(Rows.unit(features));
    List<Pair> pairs = drawn(source, found.pairs(), exact, labels);
    new PairFile(header(s, source, features, checksum), pairs)
        .write(task.artefacts().resolve(PairFile.NAME));
    report(task, pairs, labels, found);
    controls(
        task, found.pairs(), new Controls(labels, setup.data().classes(), exact, setup.seed()));
  }

  /** What the pairs that were mined are to be compared with; it changes nothing. */
  private void controls(TaskContext task, List<Pair> mined, Controls controls) {
    AtomicFile.write(
        task.artefacts().resolve(CONTROLS),
        controls.csv(
            mined, Spps.length(setup, mined).steps(), Spps.length(setup, List.of()).steps()));
    controls
        .random(mined.size())
        .flatMap(pairs -> controls.of(pairs).purity().stream().boxed().findFirst())
        .ifPresent(purity -> task.log("random-pair-purity", purity));
  }

  /** Weights from outside; those of a bootstrapped reference are there. */
  private void load(TaskContext task, String source) {
    if (!source.isEmpty()) {
      Map<String, Value> values = new LinkedHashMap<>();
      ReferenceWeights.read(Path.of(source), reference)
          .forEach((name, value) -> values.put(Spps.REFERENCE + "." + name, value));
      task.write(values);
    }
  }

  private List<Pair> drawn(String source, List<Pair> mined, Similarities exact, int[] labels) {
    int m = mined.size();
    return switch (source) {
      case "random" -> DrawnPairs.random(labels.length, m, exact, setup.seed());
      case "same-class" -> DrawnPairs.withinClasses(labels, m, exact, setup.seed());
      default -> mined;
    };
  }

  private static UserException empty(Settings s, Mining.Found found) {
    String retry =
        s.get(SppsSettings.REFERENCE).isEmpty()
            ? "; --set reference=FOLDER with this run's folder spares a new run the bootstrap"
            : "";
    return new UserException(
        String.format(
            Locale.ROOT,
            "similarity-min, similarity-max: no pair of images has a cosine from %s to %s; of %d"
                + " anchors' nearest images %s; of all images %s; set a band that holds some%s",
            s.get(SppsSettings.LOW),
            s.get(SppsSettings.HIGH),
            found.anchors(),
            found.nearest().words(),
            found.all().words(),
            retry));
  }

  private Map<String, String> header(Settings s, String source, Matrix features, String checksum) {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("data", setup.data().id());
    header.put("fingerprint", setup.data().fingerprint());
    header.put("images", Integer.toString(features.rows()));
    header.put("features", Integer.toString(features.columns()));
    header.put("reference-encoder", reference.id());
    header.put("encoder-sha256", checksum);
    header.put("source", source);
    header.put("similarity-min", s.get(SppsSettings.LOW).toString());
    header.put("similarity-max", s.get(SppsSettings.HIGH).toString());
    header.put("anchor-share", s.get(SppsSettings.ANCHORS).toString());
    header.put("candidates", s.get(SppsSettings.CANDIDATES));
    header.put("choose", s.get(SppsSettings.CHOOSE));
    header.put("seed", Long.toString(setup.seed()));
    return header;
  }

  private void report(TaskContext task, List<Pair> pairs, int[] labels, Mining.Found found) {
    Diagnostics seen = Diagnostics.of(pairs, labels, setup.data().classes());
    task.log("pairs", pairs.size());
    task.log("pair-images", seen.images());
    task.log("pair-coverage", seen.coverage(labels.length));
    task.log("pair-similarity-least", seen.least());
    task.log("pair-similarity-mean", seen.mean());
    task.log("nearest-similarity-median", found.nearest().percentile(0.5));
    task.log("similarity-median", found.all().percentile(0.5));
    seen.purity().ifPresent(purity -> task.log("pair-purity", purity));
    if (!seen.perClass().isEmpty()) {
      AtomicFile.write(task.artefacts().resolve(CLASSES), seen.classesCsv());
    }
  }

  /** Class of each image, -1 where there is none; never used to choose mined pairs. */
  private static int[] labels(Split train) {
    boolean has = train.has(Field.LABEL);
    return IntStream.range(0, train.size())
        .map(i -> has ? train.value(Field.LABEL, i).number() : -1)
        .toArray();
  }
}
