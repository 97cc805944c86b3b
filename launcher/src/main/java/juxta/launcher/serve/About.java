package juxta.launcher.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.TextTemplate;
import juxta.engine.run.JsonRecord;
import juxta.launcher.report.Curve;
import juxta.launcher.run.Curves;
import juxta.launcher.search.Card;
import juxta.launcher.search.Facets;
import juxta.launcher.search.Searcher;

/** What the page says about the run. */
final class About {
  private static final int EXAMPLES = 3;
  private static final int LONGEST_EXAMPLE = 120;

  private final RunFacts run;
  private final Searcher searcher;
  private final boolean local;

  /** Local: only this machine reaches the page. */
  About(RunFacts run, Searcher searcher, boolean local) {
    this.run = run;
    this.searcher = searcher;
    this.local = local;
  }

  /** What the page needs to know before the first query. */
  record Summary(
      String model,
      String method,
      String encoder,
      String trainedOn,
      String data,
      boolean finished,
      boolean local,
      int images,
      String index,
      boolean takesText,
      boolean texts,
      List<String> examples,
      int k,
      int mostK,
      int mostBytes,
      List<Filter> filters,
      List<Filter> compose,
      Map<String, String> settings) {}

  /** Values that a field has, the images that have them counted. */
  record Filter(String field, List<Count> values) {
    static Filter of(Facets facets) {
      List<Count> values = new ArrayList<>();
      facets.counts().forEach((value, images) -> values.add(new Count(value, images)));
      return new Filter(facets.field(), values);
    }
  }

  /** A value, and how many images have it. */
  record Count(String value, int images) {}

  /** A score as it was recorded. */
  record Found(JsonNode data, JsonNode evaluator, JsonNode metric, JsonNode value, JsonNode unit) {}

  /** Curves by phase and name. */
  record Drawn(List<Curve> curves) {}

  Summary summary() {
    List<Card> cards = searcher.gallery().cards();
    List<Facets> facets = Facets.of(cards);
    List<String> composed = searcher.template().map(TextTemplate::fields).orElse(List.of());
    return new Summary(
        searcher.model(),
        run.method(),
        run.encoder(),
        run.trainedOn(),
        run.data(),
        run.finished(),
        local,
        cards.size(),
        searcher.gallery().kind(),
        searcher.takesText(),
        cards.stream().anyMatch(card -> !card.text().isEmpty()),
        examples(cards),
        Searcher.USUAL,
        Searcher.MOST,
        Body.MOST_BYTES,
        facets.stream().map(Filter::of).toList(),
        composed.stream()
            .flatMap(field -> facets.stream().filter(f -> f.field().equals(field)))
            .map(Filter::of)
            .toList(),
        run.settings());
  }

  /** A few texts of the data, as different as the order of the data makes them. */
  private static List<String> examples(List<Card> cards) {
    return cards.stream()
        .map(Card::text)
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST_EXAMPLE)
        .distinct()
        .limit(EXAMPLES)
        .toList();
  }

  /** What evaluators found; read anew each time, for a run may be scored while it is served. */
  List<Found> scores() throws IOException {
    List<Found> scores = new ArrayList<>();
    Path file = run.folder().resolve("scores.json");
    if (Files.exists(file)) {
      for (JsonNode score : JsonRecord.tree(file)) {
        scores.add(JsonRecord.of(score, Found.class));
      }
    }
    return scores;
  }

  Drawn curves() throws IOException {
    return new Drawn(Curves.of(run.folder()));
  }
}
