package juxta.launcher.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import juxta.launcher.search.Answer;
import juxta.launcher.search.Card;
import juxta.launcher.search.Searcher;
import juxta.launcher.search.Where;

/** What programs and the page can ask for, under {@code /api}. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The path that takes a picture. */
  static final String UPLOAD = "/search/picture";

  private static final String LIKE = "/like/";
  private static final String PICTURE = "/picture/";
  private static final String ID = "[0-9a-f]{32}(~[0-9]{1,9})?";
  private static final int LEAST_SIDE = 16;
  private static final int MOST_SIDE = 2048;
  private static final int SIDE = 384;

  private final Searcher searcher;
  private final About about;
  private final RandomGenerator random = new java.security.SecureRandom();

  Api(Searcher searcher, About about) {
    this.searcher = searcher;
    this.about = about;
  }

  /** Answers a request for a path below {@code /api}. */
  Reply answer(String path, Request request) throws IOException {
    Ask ask = Ask.of(request.head().target().getRawQuery());
    if (path.equals(UPLOAD)) {
      return found(searcher.picture(request.body(), ask.k(), where(ask), request.gone()));
    }
    if (path.startsWith(LIKE)) {
      return searcher
          .like(id(path, LIKE), ask.k(), where(ask))
          .map(Api::found)
          .orElseThrow(Api::noImage);
    }
    if (path.startsWith(PICTURE)) {
      return searcher
          .png(id(path, PICTURE), ask.number("side", LEAST_SIDE, MOST_SIDE, SIDE))
          .map(png -> Reply.of("image/png", png).with("Cache-Control", "private, max-age=3600"))
          .orElseThrow(Api::noImage);
    }
    return switch (path) {
      case "/run" -> Reply.json(about.summary());
      case "/curves" -> Reply.json(about.curves());
      case "/scores" -> Reply.json(about.scores());
      case "/compose" ->
          Reply.json(
              JSON.createObjectNode()
                  .put("text", searcher.template().map(t -> t.text(ask.all())).orElse("")));
      case "/search" -> found(searcher.text(ask.text("q"), ask.k(), where(ask)));
      case "/random" -> random(ask);
      default -> throw new Refused(Reply.NOT_FOUND, "there is nothing at this address");
    };
  }

  /** Whether a picture takes seconds to decode. */
  boolean isLarge(byte[] file) {
    return searcher.isLarge(file);
  }

  /** Throws if a path below {@code /api} is not asked in this way. */
  static void require(String method, String path) {
    boolean upload = path.equals(UPLOAD);
    boolean right = upload ? method.equals("POST") : method.equals("GET") || method.equals("HEAD");
    if (!right) {
      String allowed = upload ? "POST" : "GET, HEAD";
      throw new Refused(
          Reply.problem(Reply.NOT_ALLOWED, "only " + allowed + " is possible here")
              .with("Allow", allowed));
    }
  }

  private Where where(Ask ask) {
    return ask.where(searcher.gallery().cards());
  }

  private static String id(String path, String prefix) {
    String id = path.substring(prefix.length());
    if (!id.matches(ID)) {
      throw noImage();
    }
    return id;
  }

  private static Refused noImage() {
    return new Refused(Reply.NOT_FOUND, "there is no such image; the index may have changed");
  }

  private Reply random(Ask ask) {
    Optional<Answer.Trial> trial = searcher.trial(ask.k(), where(ask), random);
    if (trial.isEmpty()) {
      throw new Refused(
          Reply.BAD_REQUEST, "none of these images has a text or a companion to look for");
    }
    Answer.Trial found = trial.get();
    ObjectNode node = node(found.answer());
    node.set(
        "truth", card(found.card()).put("rank", found.rank()).put("kindRank", found.kindRank()));
    return Reply.json(node);
  }

  private static Reply found(Answer answer) {
    return Reply.json(node(answer));
  }

  private static ObjectNode node(Answer answer) {
    ObjectNode node = JSON.createObjectNode();
    node.put("candidates", answer.candidates());
    ArrayNode results = node.putArray("results");
    for (Answer.Result result : answer.results()) {
      ObjectNode one = card(result.found().card());
      one.put("rank", result.found().rank());
      one.put("score", result.found().score());
      one.put("match", result.match().orElse(""));
      results.add(one);
    }
    return node;
  }

  private static ObjectNode card(Card card) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", card.id());
    node.put("split", card.split());
    node.put("text", card.text());
    ObjectNode fields = node.putObject("fields");
    card.fields().forEach(fields::put);
    fields.remove(juxta.api.Field.TEXT);
    return node;
  }
}
