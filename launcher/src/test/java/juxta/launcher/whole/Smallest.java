package juxta.launcher.whole;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How documented commands are made small enough to run here: the rules, and nothing else. */
final class Smallest {
  /** What is not run, and why; the options of Juxta's own are checked all the same. */
  static final Map<String, String> NOT_RUN = new LinkedHashMap<>();

  static {
    NOT_RUN.put("juxta serve .*", "listens until it is stopped; PageTest drives it");
    NOT_RUN.put("juxta worker .*", "lends its devices until it is stopped");
    NOT_RUN.put("juxta train .*--devices (all|gpu:).*", "needs cards");
    NOT_RUN.put("juxta train .*--workers .*", "needs workers");
    NOT_RUN.put("juxta tour.*", "trains for minutes; TourStopsTest runs stops");
    NOT_RUN.put("juxta embed --merge .*", "needs parts of 250 rows or more; EmbedTest joins four");
    NOT_RUN.put("juxta .*simsiam-lite.*", "needs the example's jar; ExamplePluginTest has it");
    NOT_RUN.put(
        "(cd|juxta .*) ?my-method.*", "makes a project; ExamplePluginTest does, and builds it");
    NOT_RUN.put("juxta plugins (install|update|remove|trust) .*", "their own tests have servers");
    NOT_RUN.put("examples/plugin-example/build .*", "is run by ExamplePluginTest");
    NOT_RUN.put("\\./mvnw .*", "is Maven's");
    NOT_RUN.put("(fuzz|benchmarks)/run .*", "is Maven's");
    NOT_RUN.put("benchmarks/claims .*", "trains for hours");
  }

  /** Data that are not here by data that are, or are made: id of the reader, then the data. */
  private static final Map<String, String> DATA =
      Map.of(
          "cifar10", "shapes",
          "tiny-imagenet", "shapes",
          "fashion-mnist", "shapes",
          "medmnist", "shapes",
          "image-text", "dental",
          "volumes", "shapes3d",
          "image-folder", "image-folder:photos",
          "images-with-masks", "images-with-masks:tiles",
          "instances", "instances:products");

  /** Settings of data, by the id of their reader. */
  private static final Map<String, Map<String, String>> DATA_SETTINGS =
      Map.of(
          "shapes", Map.of("data.train-size", "96", "data.test-size", "48"),
          "image-folder", Map.of("data.side", "32"),
          "images-with-masks", Map.of("data.test-areas", "t2"),
          "instances", Map.of("data.size", "32", "data.longest", "48"),
          "dental",
              Map.of(
                  "data.size", "32",
                  "data.train-size", "40",
                  "data.validation-size", "8",
                  "data.test-size", "16"),
          "shapes3d",
              Map.of(
                  "data.train-size", "8",
                  "data.test-size", "2",
                  "data.side", "24",
                  "data.labelled", "4"));

  /** What a training takes besides, by the id of the data's reader. */
  private static final Map<String, String> TRAINED =
      Map.of(
          "dental",
          "--encoder conv-small --set encoder.width=4 --set text-layers=1 --set text-width=16"
              + " --set text-heads=2 --set text-hidden=32 --batch 20 --epochs 1 --precision float32",
          "shapes3d",
          "--set encoder.width=2 --set augmentation.patch-x=16 --set augmentation.patch-y=16"
              + " --set augmentation.patch-z=16 --set iterations=2 --precision float32");

  /** Settings of scans whose slices are trained on: no fewer than a batch. */
  private static final Map<String, String> SLICES =
      Map.of(
          "data.train-size", "16", "data.labelled", "8", "iterations", "2", "encoder.width", "2");

  private static final String OTHERS =
      "--encoder resnet-small --set encoder.width=4 --batch 16 --epochs 1 --precision float32";

  /** What a training that is only planned takes besides: batches are no larger than made data. */
  private static final String PLANNED = "--batch 8";

  /** Variables of batch systems. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "$SLURM_ARRAY_TASK_ID", "0",
          "$SLURM_ARRAY_TASK_COUNT", "1");

  private final Path folder;
  private final Map<String, String> options = new LinkedHashMap<>();
  private final Map<String, String> settings = new TreeMap<>();
  private final List<String> positional = new ArrayList<>();

  private Smallest(Path folder) {
    this.folder = folder;
  }

  /**
   * The words of a command that is run in a folder.
   *
   * @param words as documented
   * @param folder what paths of the words are below
   * @param trains whether it trains, or is stopped before
   */
  static List<String> words(List<String> words, Path folder, boolean trains) {
    return new Smallest(folder).scaled(words, trains);
  }

  /** Settings with which generated data are small. */
  static Map<String, String> dataSettings(String id) {
    return DATA_SETTINGS.get(id);
  }

  private List<String> scaled(List<String> words, boolean trains) {
    String command = words.get(0);
    boolean training = List.of("train", "compare").contains(command);
    sort(words);
    if (training && !options.containsKey("--resume")) {
      options.putIfAbsent("--data", "shapes");
    }
    String documented = options.getOrDefault("--data", "shapes").replaceFirst(":.*", "");
    String data = DATA.getOrDefault(documented, documented);
    String id = data.replaceFirst(":.*", "");
    if (options.containsKey("--data")) {
      options.put(
          "--data", data.equals(id) ? id : id + ":" + path(data.substring(id.length() + 1)));
    }
    if (!id.equals(documented)) { // a setting of the reader that is not there
      settings.keySet().removeIf(key -> key.startsWith("data."));
    }
    boolean goesOn = options.containsKey("--resume");
    boolean all = training && !(goesOn && command.equals("train")); // else the run has its own
    if (all || options.containsKey("--data")) {
      settings.putAll(DATA_SETTINGS.getOrDefault(id, Map.of()));
    }
    if (settings.containsKey("data.area")) { // areas have other names then
      settings.remove("data.test-areas");
    }
    boolean slices = "acdc".equals(options.get("--preset"));
    if (slices) {
      settings.putAll(SLICES);
    }
    settings.computeIfPresent("reference", (key, weights) -> path("photo.png")); // any file
    settings.replaceAll((key, value) -> value.startsWith("/data/") ? "init" : value); // weights
    if (command.equals("preview")) {
      add("--records 1 --sample 8");
    }
    if (all && !slices) {
      add(
          trains || options.containsKey("--init-from")
              ? TRAINED.getOrDefault(id, OTHERS)
              : TRAINED.getOrDefault(id, PLANNED));
    }
    options.computeIfPresent("--seeds", (option, seeds) -> "1");
    options.computeIfPresent("--device", (option, device) -> "cpu");
    for (String option : List.of("--out", "--image", "--init-from", "--merge")) {
      options.computeIfPresent(option, (o, value) -> path(value));
    }
    Optional<String> usual =
        switch (command) {
          case "train" -> Optional.of("runs/" + positional.get(0));
          case "compare" -> Optional.of("runs/compare");
          case "preview" -> Optional.of("preview.png");
          default -> Optional.empty();
        };
    usual.ifPresent(out -> options.putIfAbsent("--out", path(out)));
    positional.replaceAll(word -> word.startsWith("runs/") ? path(word) : word);
    List<String> made = new ArrayList<>(List.of(command));
    made.addAll(positional);
    settings.forEach((key, value) -> made.addAll(List.of("--set", key + "=" + value)));
    options.forEach(
        (option, value) -> {
          made.add(option);
          if (!value.isEmpty()) {
            made.add(value);
          }
        });
    return made;
  }

  private void sort(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--")) {
        positional.add(word);
      } else if (FLAGS.contains(word)) {
        options.put(word, "");
      } else {
        i++;
        put(word, words.get(i));
      }
    }
  }

  private static final List<String> FLAGS =
      List.of("--json", "--resume", "--force", "--no-reference", "--help", "--xla");

  private void put(String option, String value) {
    String known = value;
    for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
      known = known.replace(variable.getKey(), variable.getValue());
    }
    if (option.equals("--set")) {
      settings.put(known.replaceFirst("=.*", ""), known.replaceFirst("^[^=]*=", ""));
    } else {
      options.put(option, known);
    }
  }

  /** Words instead of those that are there; an encoder that is named stays. */
  private void add(String more) {
    String[] words = more.split(" ");
    boolean named = options.containsKey("--encoder");
    for (int i = 0; i < words.length; i += 2) {
      boolean encoder = words[i].equals("--encoder") || words[i + 1].startsWith("encoder.");
      if (!named || !encoder) {
        put(words[i], words[i + 1]);
      }
    }
  }

  private String path(String name) {
    return folder.resolve(name.replaceFirst("^/", "")).toString();
  }
}
