package juxta.launcher.preview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import juxta.api.Field;
import juxta.api.MaskClass;
import juxta.api.Split;

/** A preview in lines for a terminal. */
public final class SummaryLines {
  /** Classes that have a line each. */
  private static final int LINES = 12;

  private static final double KILO = 1e3;
  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;

  private final Preview preview;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  private SummaryLines(Preview preview, int width) {
    this.preview = preview;
    this.width = width;
  }

  /**
   * Writes it.
   *
   * @param preview the preview
   * @param width characters that a line may have
   * @return the lines
   */
  public static List<String> of(Preview preview, int width) {
    SummaryLines summary = new SummaryLines(preview, width);
    summary.write();
    return summary.lines;
  }

  private void write() {
    Survey survey = preview.survey();
    lines.add(preview.name() + ": " + preview.data().kind());
    records();
    fields();
    String sample =
        survey.sample() == survey.records()
            ? "all " + count(survey.records()) + " records"
            : "a sample of "
                + count(survey.sample())
                + " of "
                + count(survey.records())
                + " records (--sample N for more)";
    lines.add("looked at " + sample);
    table(sizes());
    table(values());
    masks();
    table(texts());
    memory();
    methods();
    section("the reader says", preview.notes());
    List<String> remarks = new ArrayList<>(survey.remarks());
    remarks.addAll(preview.remarks());
    section("to look after", remarks);
    if (!preview.views().about().isEmpty()) {
      hanging("", preview.views().about());
    }
  }

  private void section(String head, List<String> own) {
    if (!own.isEmpty()) {
      lines.add(head);
      own.forEach(line -> hanging("  ", line));
    }
  }

  private void records() {
    Map<String, Split> splits = preview.splits();
    Map<String, Map<Integer, Long>> labels = preview.survey().labels();
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("records"));
    head.addAll(splits.keySet());
    rows.add(head);
    List<String> all = new ArrayList<>(List.of("  all"));
    splits.values().forEach(split -> all.add(count(split.size())));
    rows.add(all);
    Set<Integer> seen = new LinkedHashSet<>();
    for (int label = 0; label < preview.data().classes().size() && !labels.isEmpty(); label++) {
      seen.add(label);
    }
    labels.values().forEach(own -> seen.addAll(own.keySet()));
    ClassNames names = new ClassNames(preview.data().classes());
    if (seen.size() <= LINES) {
      for (int label : seen) {
        List<String> row = new ArrayList<>(List.of("  " + names.of(label)));
        splits
            .keySet()
            .forEach(
                split ->
                    row.add(
                        labels.containsKey(split)
                            ? count(labels.get(split).getOrDefault(label, 0L))
                            : "-"));
        rows.add(row);
      }
    }
    table(rows, true);
    if (seen.size() > LINES) {
      labels.forEach((split, own) -> many(split, own, seen, names));
    }
    boolean counted = splits.values().stream().allMatch(split -> Survey.counted(split.size()));
    if (!counted && !labels.isEmpty()) {
      lines.add("  classes of the largest splits are counted in the sample only");
    }
    preview
        .survey()
        .objects()
        .forEach((split, own) -> lines.add("  " + split + ": " + objects(own)));
  }

  private static String objects(Map<Integer, Long> own) {
    Map<Integer, Long> real = new TreeMap<>(own);
    real.keySet().removeIf(object -> object < 0);
    if (real.isEmpty()) {
      return "no objects";
    }
    Spread spread = Spread.of(List.copyOf(real.values()));
    return count(real.size())
        + (real.size() == 1 ? " object, " : " objects, ")
        + spread(spread)
        + " records each";
  }

  private void many(String split, Map<Integer, Long> own, Set<Integer> seen, ClassNames names) {
    Map<Integer, Long> all = new LinkedHashMap<>();
    seen.forEach(label -> all.put(label, own.getOrDefault(label, 0L)));
    Spread spread = Spread.of(List.copyOf(all.values()));
    String line =
        "  " + split + ": " + all.size() + " classes, " + spread(spread) + " records each";
    if (!spread.one()) {
      line +=
          all.entrySet().stream()
              .sorted(Map.Entry.comparingByValue())
              .limit(2)
              .map(e -> names.of(e.getKey()) + " " + e.getValue())
              .collect(Collectors.joining(", ", " (fewest: ", ")"));
    }
    lines.add(line);
  }

  private void fields() {
    lines.add("fields");
    List<List<String>> rows = new ArrayList<>();
    Map<String, Split> splits = preview.splits();
    Set<Field> all = new LinkedHashSet<>();
    splits.values().forEach(split -> all.addAll(split.fields()));
    for (Field field : all) {
      List<String> of =
          splits.entrySet().stream()
              .filter(e -> e.getValue().fields().contains(field))
              .map(Map.Entry::getKey)
              .toList();
      rows.add(
          List.of(
              "  " + field.name(),
              type(field),
              shape(field),
              of.size() == splits.size() ? "" : String.join(", ", of)));
    }
    table(rows);
  }

  /** The type as it is called in files and graphs. */
  static String type(Field field) {
    return field.type().name().toLowerCase(Locale.ROOT);
  }

  private static String shape(Field field) {
    return field.shape().isEmpty()
        ? ""
        : field.shape().stream()
            .map(length -> length < 0 ? "?" : length.toString())
            .collect(Collectors.joining(", ", "[", "]"));
  }

  private List<List<String>> sizes() {
    List<List<String>> rows = new ArrayList<>();
    preview
        .survey()
        .lengths()
        .forEach((what, spread) -> rows.add(List.of("  " + what, spread(spread))));
    return rows;
  }

  private List<List<String>> values() {
    List<List<String>> rows = new ArrayList<>();
    preview
        .survey()
        .values()
        .forEach(
            (field, channels) -> {
              for (int c = 0; c < channels.size(); c++) {
                Moments own = channels.get(c);
                String name = channels.size() == 1 ? field : field + ", channel " + (c + 1);
                rows.add(
                    own.count() == 0
                        ? List.of("  " + name, "no finite number")
                        : List.of(
                            "  " + name,
                            number(own.least()) + " to " + number(own.greatest()),
                            "mean " + number(own.mean()),
                            "deviation " + number(own.deviation()),
                            own.wild() == 0 ? "" : count(own.wild()) + " not finite"));
              }
            });
    return rows;
  }

  private void masks() {
    Survey survey = preview.survey();
    if (survey.masks() == 0) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    List<MaskClass> named = preview.data().maskClasses();
    for (MaskShare share : survey.maskShares()) {
      rows.add(
          List.of(
              "  mask, " + maskClass(named, share.index()),
              percent(share.share()),
              "in " + count(share.records()) + " of " + count(survey.masks()) + " masks"));
    }
    table(rows);
  }

  /** What a class of masks is called. */
  static String maskClass(List<MaskClass> named, int index) {
    if (index < named.size()) {
      return named.get(index).name();
    }
    return index == Field.IGNORED ? "ignored" : "class " + index;
  }

  private List<List<String>> texts() {
    List<List<String>> rows = new ArrayList<>();
    for (Texts own : preview.survey().texts()) {
      rows.add(
          List.of(
              "  " + own.field(),
              spread(own.words()) + (own.words().greatest() == 1 ? " word" : " words"),
              count(own.distinct()) + " different",
              own.empty() == 0 ? "" : count(own.empty()) + " empty"));
    }
    return rows;
  }

  private void memory() {
    String all =
        preview.survey().bytes().entrySet().stream()
            .map(e -> e.getKey() + " " + bytes(e.getValue()))
            .collect(Collectors.joining(", "));
    lines.add("in memory, decoded: " + all);
  }

  private void methods() {
    List<String> fitting =
        preview.fits().stream()
            .filter(fit -> fit.fits() && fit.batch().isEmpty())
            .map(Fit::method)
            .toList();
    wrapped("methods that take them:", fitting.isEmpty() ? List.of("none") : fitting);
    Map<Integer, List<String>> lowered = new TreeMap<>();
    preview.fits().stream()
        .filter(fit -> fit.fits() && fit.batch().isPresent())
        .forEach(
            fit ->
                lowered
                    .computeIfAbsent(fit.batch().get(), b -> new ArrayList<>())
                    .add(fit.method()));
    lowered.forEach(
        (batch, methods) -> wrapped("with a smaller batch, --batch " + batch + ":", methods));
    Map<String, List<String>> others = new LinkedHashMap<>();
    for (Fit fit : preview.fits()) {
      fit.problem()
          .ifPresent(
              problem ->
                  others
                      .computeIfAbsent(
                          problem.replaceAll("(?<![\\w-])" + fit.method() + "(?![\\w-])", "it"),
                          p -> new ArrayList<>())
                      .add(fit.method()));
    }
    if (!others.isEmpty()) {
      lines.add("not:");
      others.forEach(
          (problem, methods) -> hanging("  ", String.join(" ", methods) + ": " + problem));
    }
    wrapped(
        "evaluators that take them:",
        preview.evaluators().isEmpty() ? List.of("none") : preview.evaluators());
  }

  /** A head and words after it, on as many lines as they need. */
  private void wrapped(String head, List<String> words) {
    if (!words.isEmpty()) {
      hanging("", head + " " + String.join(" ", words));
    }
  }

  /** A text on as many lines as it needs, all but the first one further in. */
  private void hanging(String indent, String text) {
    StringBuilder line = new StringBuilder(indent);
    String between = "";
    for (String word : text.split(" ")) {
      if (!between.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(indent).append(" ");
      }
      line.append(between).append(word);
      between = " ";
    }
    lines.add(line.toString());
  }

  private void table(List<List<String>> rows) {
    table(rows, false);
  }

  /** Of numbers all columns but the first stand on the right. */
  private void table(List<List<String>> rows, boolean numbers) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        String cell = row.get(at);
        int room =
            rows.stream()
                .filter(r -> r.size() > at)
                .mapToInt(r -> r.get(at).length())
                .max()
                .orElse(0);
        String blanks = " ".repeat(room - cell.length());
        line.append(at == 0 ? "" : "  ").append(numbers && at > 0 ? blanks + cell : cell + blanks);
      }
      lines.add(line.toString().stripTrailing());
    }
  }

  private static String spread(Spread spread) {
    return spread.one()
        ? number(spread.least())
        : number(spread.least())
            + " to "
            + number(spread.greatest())
            + ", median "
            + number(spread.median());
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Four digits that count; whole numbers whole. */
  static String number(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e9) {
      return Long.toString(Math.round(number));
    }
    double size = Math.abs(number);
    if (size >= 1e6 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.3g", number);
    }
    int digits = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%." + Math.min(digits, 4) + "f", number);
  }

  private static String percent(double share) {
    return share > 0 && share < 0.0005
        ? "under 0.1 %"
        : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String bytes(long bytes) {
    double size = bytes;
    return size >= GIGA
        ? String.format(Locale.ROOT, "%.1f GB", size / GIGA)
        : size >= MEGA
            ? String.format(Locale.ROOT, "%.0f MB", size / MEGA)
            : String.format(Locale.ROOT, "%.0f KB", Math.ceil(size / KILO));
  }
}
