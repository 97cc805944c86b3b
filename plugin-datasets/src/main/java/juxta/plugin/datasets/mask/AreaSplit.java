package juxta.plugin.datasets.mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import juxta.api.Dataset;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.toolkit.data.Dice;

/**
 * Splits pairs by the area that they show: tiles of one area look alike, and a score on some after
 * training on others would tell memory.
 */
final class AreaSplit {
  static final Setting<String> AREA =
      Setting.text("area", "auto")
          .describe(
              "regular expression that finds the area in an image's name (its first group, if it"
                  + " has one); auto: the shortest beginning, up to a _ or -, that tells four areas"
                  + " or more; .* takes each image for an area of its own")
          .source("own choice");

  static final Setting<String> TEST_AREAS =
      Setting.text("test-areas", "")
          .describe("areas of the test split, between commas; empty: drawn, or the published ones")
          .source("own choice; Potsdam: MMSegmentation's split");

  static final Setting<String> VALIDATION_AREAS =
      Setting.text("validation-areas", "")
          .describe("areas of the validation split, between commas; empty: no such split")
          .source("own choice");

  static final Setting<Double> TEST_SHARE =
      Setting.real("test-share", 0.25)
          .range(0.01, 0.99)
          .describe("about this share of the images is drawn for the test split, by whole areas")
          .source("own choice");

  static final Setting<Integer> SPLIT_SEED =
      Setting.integer("split-seed", 0)
          .describe("another seed draws other areas")
          .source("own choice");

  static final List<Setting<?>> SETTINGS =
      List.of(AREA, TEST_AREAS, VALIDATION_AREAS, TEST_SHARE, SPLIT_SEED);

  private static final int FEWEST = 4;

  /** A drawn split may be larger than asked for by this factor. */
  private static final double LARGER = 1.2;

  private static final Pattern POTSDAM = Pattern.compile("\\d{1,2}_\\d{1,2}");

  /** Areas on which Potsdam's published split trains. */
  private static final Set<String> POTSDAM_TRAIN =
      Set.of(
          "2_10", "2_11", "2_12", "3_10", "3_11", "3_12", "4_10", "4_11", "4_12", "5_10", "5_11",
          "5_12", "6_7", "6_8", "6_9", "6_10", "6_11", "6_12", "7_7", "7_8", "7_9", "7_10", "7_11",
          "7_12");

  private final Settings settings;
  private final boolean potsdam;
  private final boolean tiled;

  /**
   * Prepares.
   *
   * @param settings the user's
   * @param potsdam whether names are Potsdam's, whose split is published
   * @param tiled whether images are cut up, so that each is an area where names tell nothing else
   */
  AreaSplit(Settings settings, boolean potsdam, boolean tiled) {
    this.settings = settings;
    this.potsdam = potsdam;
    this.tiled = tiled;
  }

  /** The splits that folders name, or those by area; train and test always, in this order. */
  Map<String, List<MaskPair>> of(List<MaskPair> pairs) {
    Map<String, List<MaskPair>> named =
        pairs.stream()
            .collect(
                Collectors.groupingBy(
                    p -> p.split().orElse(Dataset.TRAIN), TreeMap::new, Collectors.toList()));
    if (!named.containsKey(Dataset.TEST) && named.containsKey(Dataset.VALIDATION)) {
      named.put(Dataset.TEST, named.remove(Dataset.VALIDATION)); // LoveDA's test has no masks
    }
    if (named.containsKey(Dataset.TEST) && !named.containsKey(Dataset.TRAIN)) {
      throw new UserException(
          "images-with-masks: there are test images but none to train on; add a folder train");
    }
    return ordered(named.containsKey(Dataset.TEST) ? named : byArea(pairs));
  }

  private static Map<String, List<MaskPair>> ordered(Map<String, List<MaskPair>> splits) {
    Map<String, List<MaskPair>> ordered = new LinkedHashMap<>();
    for (String name : List.of(Dataset.TRAIN, Dataset.VALIDATION, Dataset.TEST)) {
      if (splits.containsKey(name)) {
        ordered.put(name, splits.get(name));
      }
    }
    return ordered;
  }

  private Map<String, List<MaskPair>> byArea(List<MaskPair> pairs) {
    UnaryOperator<String> area = area(pairs);
    Map<String, Long> sizes =
        pairs.stream()
            .collect(
                Collectors.groupingBy(
                    p -> area.apply(p.name()), TreeMap::new, Collectors.counting()));
    Set<String> validation = listed(VALIDATION_AREAS, sizes.keySet());
    Set<String> test = listed(TEST_AREAS, sizes.keySet());
    if (test.isEmpty() && potsdam && sizes.keySet().stream().anyMatch(POTSDAM_TRAIN::contains)) {
      test = new LinkedHashSet<>(sizes.keySet());
      test.removeAll(POTSDAM_TRAIN);
      test.removeAll(validation);
    }
    if (test.isEmpty()) {
      Map<String, Long> left = new TreeMap<>(sizes);
      left.keySet().removeAll(validation);
      test = drawn(left);
    }
    Set<String> scored = test;
    Map<String, List<MaskPair>> splits =
        pairs.stream()
            .collect(
                Collectors.groupingBy(
                    p -> {
                      String name = area.apply(p.name());
                      return scored.contains(name)
                          ? Dataset.TEST
                          : validation.contains(name) ? Dataset.VALIDATION : Dataset.TRAIN;
                    }));
    if (!splits.containsKey(Dataset.TRAIN) || !splits.containsKey(Dataset.TEST)) {
      throw new UserException(
          ("images-with-masks: the areas %s leave nothing to train on or to test; name some of them"
                  + " in data.test-areas, or tell areas apart with data.area")
              .formatted(sizes.keySet()));
    }
    return splits;
  }

  /** By a hash of the name: an area's lot does not hang on the others. */
  private Set<String> drawn(Map<String, Long> sizes) {
    long total = sizes.values().stream().mapToLong(Long::longValue).sum();
    double wanted = settings.get(TEST_SHARE) * total;
    long seed = settings.get(SPLIT_SEED);
    List<String> order = new ArrayList<>(sizes.keySet());
    order.sort(Comparator.comparingLong(name -> Dice.mix(Dice.mix(seed) + name.hashCode())));
    Set<String> test = new LinkedHashSet<>();
    double images = 0;
    for (String area : order) {
      if (images + sizes.get(area) <= LARGER * wanted && images < wanted) {
        test.add(area);
        images += sizes.get(area);
      }
    }
    if (test.isEmpty() && sizes.size() > 1) {
      test.add(order.stream().min(Comparator.comparing(sizes::get)).orElseThrow());
    }
    return test;
  }

  private Set<String> listed(Setting<String> setting, Set<String> known) {
    Set<String> areas =
        Arrays.stream(settings.get(setting).split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (String area : areas) {
      if (!known.contains(area)) {
        throw new UserException(
            "images-with-masks: %s names '%s', which is no area; there are %s"
                .formatted(setting.key(), area, String.join(", ", known)));
      }
    }
    return areas;
  }

  /**
   * How an image's name tells its area; where folders name the splits, an image whose name tells
   * none shows an area of its own.
   */
  UnaryOperator<String> names(List<MaskPair> pairs) {
    boolean folders =
        pairs.stream()
            .flatMap(pair -> pair.split().stream())
            .anyMatch(split -> !split.equals(Dataset.TRAIN));
    if (!folders) {
      return area(pairs);
    }
    String given = settings.get(AREA);
    Optional<UnaryOperator<String>> told =
        given.equals("auto") ? told(pairs) : Optional.of(found(pattern(given), name -> name));
    return told.orElse(name -> name);
  }

  private UnaryOperator<String> area(List<MaskPair> pairs) {
    String given = settings.get(AREA);
    if (!given.equals("auto")) {
      return found(
          pattern(given),
          name -> {
            throw new UserException(
                "images-with-masks: area '%s' is not found in the name '%s'; change data.area"
                    .formatted(given, name));
          });
    }
    Optional<UnaryOperator<String>> told = told(pairs);
    if (told.isPresent() || tiled) {
      return told.orElse(name -> name);
    }
    throw new UserException(
        "images-with-masks: names such as '"
            + pairs.get(0).name()
            + "' do not tell which area an image shows, and splits are made by area; put the images"
            + " into folders train and test, or set data.area to a regular expression (.* if each"
            + " image shows a place of its own)");
  }

  /** Potsdam's areas, or the shortest beginning of names that tells some apart. */
  private Optional<UnaryOperator<String>> told(List<MaskPair> pairs) {
    if (potsdam && pairs.stream().allMatch(p -> POTSDAM.matcher(p.name()).find())) {
      return Optional.of(found(POTSDAM, name -> name));
    }
    List<String> names = pairs.stream().map(MaskPair::name).distinct().toList();
    int longest = names.stream().mapToInt(n -> n.split("[_-]").length).max().orElse(1);
    for (int words = 1; words < longest; words++) {
      int length = words;
      UnaryOperator<String> beginning = name -> beginning(name, length);
      long areas = names.stream().map(beginning).distinct().count();
      if (areas >= FEWEST && areas < names.size()) {
        return Optional.of(beginning);
      }
    }
    return Optional.empty();
  }

  private static String beginning(String name, int words) {
    Matcher matcher = Pattern.compile("^[^_-]*([_-][^_-]*){" + (words - 1) + "}").matcher(name);
    return matcher.find() ? matcher.group() : name;
  }

  /** What a pattern finds in a name, else what there is instead. */
  private static UnaryOperator<String> found(Pattern pattern, UnaryOperator<String> otherwise) {
    return name -> {
      Matcher matcher = pattern.matcher(name);
      return matcher.find()
          ? Optional.ofNullable(matcher.group(Math.min(1, matcher.groupCount())))
              .orElse(matcher.group())
          : otherwise.apply(name);
    };
  }

  private static Pattern pattern(String given) {
    try {
      return Pattern.compile(given, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw new UserException(
          "images-with-masks: area '%s' is no regular expression (%s)"
              .formatted(given, e.getDescription()),
          e);
    }
  }
}
