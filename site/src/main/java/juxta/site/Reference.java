package juxta.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Pages made of what components say of themselves: one for each, and one for each service. */
final class Reference {
  /**
   * A kind of component.
   *
   * @param word as {@code juxta describe} has it
   * @param title title of its page
   */
  record Service(String word, String title) {
    String address() {
      return "reference/" + word + ".html";
    }

    String address(String id) {
      return "reference/" + word + "/" + id + ".html";
    }
  }

  static final List<Service> SERVICES =
      List.of(
          new Service("methods", "Methods"),
          new Service("encoders", "Encoders"),
          new Service("augmentations", "Augmentations"),
          new Service("losses", "Losses"),
          new Service("evaluators", "Evaluators"),
          new Service("datasets", "Data sets"));

  private final JsonNode components;

  Reference(JsonNode components) {
    this.components = components;
  }

  /** Addresses by id, without ids that several services have. */
  Map<String, String> addresses() {
    Map<String, String> addresses = new HashMap<>();
    Set<String> several = new LinkedHashSet<>();
    for (Service service : SERVICES) {
      for (JsonNode one : of(service)) {
        if (addresses.put(id(one), service.address(id(one))) != null) {
          several.add(id(one));
        }
      }
    }
    several.forEach(addresses::remove);
    return addresses;
  }

  List<Page> pages() {
    List<Page> pages = new ArrayList<>();
    for (Service service : SERVICES) {
      pages.add(list(service));
      of(service).forEach(one -> pages.add(page(service, one)));
    }
    return pages;
  }

  private List<JsonNode> of(Service service) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode one : components) {
      if (one.path("service").asText().equals(service.word())) {
        found.add(one);
      }
    }
    return found;
  }

  private static String id(JsonNode one) {
    return one.path("id").asText();
  }

  private Page list(Service service) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode one : of(service)) {
      rows.add(
          List.of(
              Html.link(service.word() + "/" + id(one) + ".html", Html.code(id(one))),
              text(one, "summary"),
              Html.text(String.join(", ", words(one, "kinds")))));
    }
    String body =
        "<h1>"
            + service.title()
            + "</h1>\n<p>As "
            + Html.code("juxta list " + service.word())
            + " has them.</p>\n"
            + Html.table(List.of("", "", "data"), rows);
    return new Page(service.address(), service.title(), body);
  }

  private Page page(Service service, JsonNode one) {
    StringBuilder html = new StringBuilder("<h1>" + Html.text(id(one)) + "</h1>\n");
    html.append("<p>").append(text(one, "summary")).append(".</p>\n");
    JsonNode paper = one.path("paper");
    if (!paper.isMissingNode()) {
      String url = paper.path("url").asText();
      html.append("<p>")
          .append(text(paper, "authors"))
          .append(", “")
          .append(text(paper, "title"))
          .append("”, ")
          .append(paper.path("year").asInt())
          .append(", ")
          .append(Html.link(url, Html.text(url)))
          .append("</p>\n");
    }
    html.append(facts(service, one));
    if (!one.path("example").isEmpty()) {
      html.append("<pre><code>juxta ")
          .append(Html.text(String.join(" ", words(one, "example"))))
          .append("</code></pre>\n");
    }
    html.append(settings(one));
    html.append(presets(one));
    return new Page(service.address(id(one)), id(one), html.toString());
  }

  private String facts(Service service, JsonNode one) {
    StringBuilder html = new StringBuilder("<dl>\n");
    boolean reader = service.word().equals("datasets");
    boolean method = service.word().equals("methods");
    fact(html, reader ? "holds" : "takes", Html.text(String.join(", ", words(one, "kinds"))));
    fact(html, method ? "its models have" : "needs of a model", codes(words(one, "functions")));
    fact(html, "needs of the data", codes(words(one, "fields")));
    fact(html, "needs the splits", codes(words(one, "splits")));
    for (Service other : SERVICES) {
      fact(
          html,
          other.title().toLowerCase(Locale.ROOT) + " that fit",
          links(other, fitting(service, one, other)));
    }
    fact(html, "plug-in", text(one, "plugin") + " " + text(one, "version"));
    return html.append("</dl>\n").toString();
  }

  /** Components of another service that take the same kinds of data, or have the functions. */
  private Set<String> fitting(Service service, JsonNode one, Service other) {
    Set<String> ids = new TreeSet<>();
    String pair = service.word() + " " + other.word();
    for (JsonNode peer : of(other)) {
      boolean fits =
          switch (pair) {
            case "methods datasets", "datasets methods" -> meet(one, peer, "kinds");
            case "encoders datasets", "augmentations datasets" -> meet(one, peer, "kinds");
            case "methods evaluators" -> has(one, peer);
            case "evaluators methods" -> has(peer, one);
            default -> false;
          };
      if (fits) {
        ids.add(id(peer));
      }
    }
    return ids;
  }

  private static boolean meet(JsonNode one, JsonNode other, String key) {
    return words(one, key).stream().anyMatch(words(other, key)::contains);
  }

  private static boolean has(JsonNode method, JsonNode evaluator) {
    return words(method, "functions").containsAll(words(evaluator, "functions"));
  }

  private static void fact(StringBuilder html, String what, String value) {
    if (!value.isEmpty()) {
      html.append("<dt>").append(what).append("</dt><dd>").append(value).append("</dd>\n");
    }
  }

  private static String settings(JsonNode one) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode setting : one.path("settings")) {
      String about = text(setting, "description");
      String source = text(setting, "source");
      rows.add(
          List.of(
              Html.code(setting.path("key").asText()),
              text(setting, "type").replace("|", "|<wbr>"),
              text(setting, "range"),
              text(setting, "default"),
              about,
              source));
    }
    return rows.isEmpty()
        ? "<p>It has no settings.</p>\n"
        : "<h2>Settings</h2>\n<p>Each is set by "
            + Html.code("--set key=value")
            + ".</p>\n"
            + Html.table(
                List.of("key", "type", "range", "default", "what it does", "source of the default"),
                rows);
  }

  private static String presets(JsonNode one) {
    JsonNode presets = one.path("presets");
    if (presets.isMissingNode()) {
      return "";
    }
    JsonNode values = presets.path("values");
    List<String> names = new ArrayList<>();
    Set<String> keys = new TreeSet<>();
    values
        .properties()
        .forEach(
            preset -> {
              names.add(preset.getKey());
              preset.getValue().fieldNames().forEachRemaining(keys::add);
            });
    List<String> head = new ArrayList<>(List.of(""));
    names.forEach(name -> head.add(Html.text(name)));
    List<List<String>> rows = new ArrayList<>();
    for (String key : keys) {
      List<String> row = new ArrayList<>(List.of(Html.code(key)));
      names.forEach(name -> row.add(text(values.path(name), key)));
      rows.add(row);
    }
    return "<h2>Presets</h2>\n<p>What each sets for "
        + Html.code(presets.path("data").asText())
        + "; papers differ between data sets, so "
        + Html.code("juxta describe " + id(one) + " --data …")
        + " may say other values for yours. "
        + Html.code("--preset paper")
        + " is the default.</p>\n"
        + Html.table(head, rows);
  }

  private static String text(JsonNode node, String key) {
    return Html.text(node.path(key).asText());
  }

  private static List<String> words(JsonNode node, String key) {
    List<String> words = new ArrayList<>();
    node.path(key).forEach(word -> words.add(word.asText()));
    return words;
  }

  private static String codes(List<String> words) {
    return String.join(" ", words.stream().map(Html::code).toList());
  }

  private static String links(Service service, Set<String> ids) {
    return String.join(
        " ",
        ids.stream()
            .map(id -> Html.link("../" + service.word() + "/" + id + ".html", Html.code(id)))
            .toList());
  }
}
