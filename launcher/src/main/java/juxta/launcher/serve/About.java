package juxta.launcher.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.TextTemplate;
import juxta.launcher.run.Curves;
import juxta.launcher.search.Card;
import juxta.launcher.search.Facets;
import juxta.launcher.search.Searcher;

/** What the page says about the run. */
final class About {
  private static final ObjectMapper JSON = new ObjectMapper();

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
  ObjectNode summary() {
    List<Card> cards = searcher.gallery().cards();
    ObjectNode node = JSON.createObjectNode();
    node.put("model", searcher.model());
    node.put("method", run.method());
    node.put("encoder", run.encoder());
    node.put("trainedOn", run.trainedOn());
    node.put("data", run.data());
    node.put("finished", run.finished());
    node.put("local", local);
    node.put("images", cards.size());
    node.put("index", searcher.gallery().kind());
    node.put("takesText", searcher.takesText());
    node.put("texts", cards.stream().anyMatch(card -> !card.text().isEmpty()));
    ArrayNode examples = node.putArray("examples");
    examples(cards).forEach(examples::add);
    node.put("k", Searcher.USUAL);
    node.put("mostK", Searcher.MOST);
    node.put("mostBytes", Body.MOST_BYTES);
    List<Facets> facets = Facets.of(cards);
    node.set("filters", filters(facets));
    List<String> composed = searcher.template().map(TextTemplate::fields).orElse(List.of());
    node.set(
        "compose",
        filters(
            composed.stream()
                .flatMap(field -> facets.stream().filter(f -> f.field().equals(field)))
                .toList()));
    ObjectNode settings = node.putObject("settings");
    run.settings().forEach(settings::put);
    return node;
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

  private static ArrayNode filters(List<Facets> facets) {
    ArrayNode array = JSON.createArrayNode();
    for (Facets facet : facets) {
      ObjectNode one = array.addObject().put("field", facet.field());
      ArrayNode values = one.putArray("values");
      facet.counts().forEach((v, n) -> values.addObject().put("value", v).put("images", n));
    }
    return array;
  }

  /** What evaluators found; read anew each time, for a run may be scored while it is served. */
  ArrayNode scores() throws IOException {
    ArrayNode scores = JSON.createArrayNode();
    Path file = run.folder().resolve("scores.json");
    if (Files.exists(file)) {
      for (JsonNode node : JSON.readTree(file.toFile())) {
        ObjectNode one = scores.addObject();
        for (String key : List.of("data", "evaluator", "metric", "value", "unit")) {
          one.set(key, node.path(key).deepCopy());
        }
      }
    }
    return scores;
  }

  /** Curves by phase and name. */
  Map<String, Object> curves() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(
        "curves",
        Curves.of(run.folder()).stream()
            .map(c -> Map.of("phase", c.phase(), "name", c.name(), "points", c.points()))
            .toList());
    return all;
  }
}
