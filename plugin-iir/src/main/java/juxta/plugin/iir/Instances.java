package juxta.plugin.iir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Reference;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.api.Split;
import juxta.toolkit.metrics.AveragePrecision;
import juxta.toolkit.metrics.BankProducts;
import juxta.toolkit.metrics.MeanPrecision;
import juxta.toolkit.metrics.Rows;

/**
 * Ranks the test split, the database, by its cosine to each query, and scores the rankings as the
 * revisited Oxford and Paris benchmarks do ({@code filipradenovic/revisitop}): mean average
 * precision by the trapezoid rule, and mean precision of the first 1, 5 and 10.
 *
 * <p>Queries are those of the split {@code query}. Where they come with lists {@code easy}, {@code
 * hard} and {@code junk}, the protocols medium, hard and easy are scored; with {@code ok} and
 * {@code junk}, the classic one; else all images of the same instance are positives. Without that
 * split every image of the database that shows an instance queries all others. Queries without a
 * positive count nowhere. Leaves {@code queries.csv} with a line a query, and {@code finds.png}
 * with the first finds of some.
 */
public final class Instances implements Evaluator {
  private static final int[] KS = {1, 5, 10};

  static final Setting<Integer> PIXELS =
      Setting.integer("pixels", 1 << 20)
          .range(1, 1 << 30)
          .describe("pixels of images of one size that are embedded at once; for memory only")
          .source("own choice");

  static final Setting<Integer> PICTURE =
      Setting.integer("picture-queries", 8)
          .range(0, 100)
          .describe("queries in the picture, 0 for no picture")
          .source("own choice");

  /** Made by the service loader. */
  public Instances() {}

  @Override
  public String id() {
    return "instances";
  }

  @Override
  public String summary() {
    return "instance retrieval: mean average precision as in revisited Oxford and Paris";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Radenovic, Iscen, Tolias, Avrithis, Chum",
            "Revisiting Oxford and Paris: Large-Scale Image Retrieval Benchmarking",
            2018,
            "https://arxiv.org/abs/1803.11285"));
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(PIXELS, PICTURE);
  }

  @Override
  public Set<String> functions() {
    return Set.of(ModelFunction.EMBED);
  }

  @Override
  public Set<String> fields() {
    return Set.of(Field.IMAGE, Field.INSTANCE);
  }

  @Override
  public Set<String> splits() {
    return Set.of(Dataset.TEST);
  }

  @Override
  public List<Score> evaluate(Evaluation evaluation) {
    Dataset data = evaluation.data();
    Split database = data.split(Dataset.TEST);
    boolean apart = data.splits().containsKey(Dataset.QUERY);
    Split queries = apart ? data.split(Dataset.QUERY) : database;
    int total = database.size() + (apart ? queries.size() : 0);
    Descriptors descriptors = new Descriptors(evaluation, evaluation.settings().get(PIXELS));
    Matrix d = // [N, D]
        Rows.unit(descriptors.of(Dataset.TEST, n -> evaluation.progress(n, total, "images")));
    Matrix q = // [Q, D]
        apart
            ? Rows.unit(
                descriptors.of(
                    Dataset.QUERY, n -> evaluation.progress(database.size() + n, total, "images")))
            : d;
    float[][] scores = new float[q.rows()][];
    BankProducts.each(q, d, (row, query) -> scores[query] = row);
    List<Grade> grades = apart ? Grade.of(queries) : List.of();
    QueryTable table = new QueryTable(queries, KS);
    ShownFinds sheet = new ShownFinds(queries, database, evaluation.settings().get(PICTURE));
    List<Score> found = new ArrayList<>();
    Map<String, String> protocol = new LinkedHashMap<>();
    protocol.put("database", database.size() + " images");
    protocol.put("descriptor", "embed, " + d.columns() + " dimensions");
    if (grades.isEmpty()) {
      protocol.put("queries", apart ? "the split 'query'" : "leave-one-out");
      int[] instances = Truth.instances(database);
      int[] wanted = apart ? Truth.instances(queries) : instances;
      found.addAll(
          scores(
              new Grade("", List.of(), List.of()),
              scores,
              query ->
                  apart ? Truth.of(wanted[query], instances) : Truth.ofMember(query, instances),
              protocol,
              table,
              sheet));
    } else {
      protocol.put("queries", "the split 'query', positives by list");
      for (Grade grade : grades) {
        found.addAll(
            scores(
                grade,
                scores,
                query -> Truth.listed(queries, query, grade, database.size()),
                protocol,
                table,
                sheet));
      }
    }
    table.write(evaluation.directory().resolve("queries.csv"));
    sheet.write(evaluation.directory().resolve("finds.png"));
    if (found.isEmpty()) {
      throw new juxta.api.UserException(
          "instances: no query of data set '"
              + data.id()
              + "' has a positive in the test split; nothing can be scored");
    }
    return found;
  }

  /** Scores under one protocol; none if no query has a positive. */
  private static List<Score> scores(
      Grade grade,
      float[][] scores,
      IntFunction<Truth> truths,
      Map<String, String> known,
      QueryTable table,
      ShownFinds sheet) {
    List<AveragePrecision> counted = new ArrayList<>();
    for (int query = 0; query < scores.length; query++) {
      Truth truth = truths.apply(query);
      int[] ranking = AveragePrecision.ranking(scores[query], truth.positives());
      sheet.add(query, ranking, truth);
      Optional<AveragePrecision> ap =
          AveragePrecision.of(ranking, truth.positives(), truth.ignored(), KS);
      ap.ifPresent(counted::add);
      table.add(query, grade, ap);
    }
    if (counted.isEmpty()) {
      return List.of();
    }
    MeanPrecision mean = new MeanPrecision(counted, scores.length - counted.size());
    Map<String, String> protocol = new LinkedHashMap<>(known);
    protocol.put("counted", counted.size() + " queries with positives");
    protocol.put("ap", "trapezoid rule");
    List<Score> found = new ArrayList<>();
    found.add(new Score(grade.metric("map"), mean.map(), Score.Unit.RATE, protocol));
    IntStream.of(KS)
        .forEach(
            k ->
                found.add(
                    new Score(
                        grade.metric("mp@" + k), mean.precisionAt(k), Score.Unit.RATE, protocol)));
    return found;
  }
}
