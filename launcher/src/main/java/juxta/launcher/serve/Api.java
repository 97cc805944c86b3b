package juxta.launcher.serve;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import juxta.launcher.search.Answer;
import juxta.launcher.search.Card;
import juxta.launcher.search.Searcher;
import juxta.launcher.search.Where;

/** What programs and the page can ask for, under {@code /api}. */
final class Api {
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
          Reply.json(new Sentence(searcher.template().map(t -> t.text(ask.all())).orElse("")));
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
    Truth truth = new Truth(Image.of(found.card()), found.rank(), found.kindRank());
    return Reply.json(Hits.of(found.answer(), Optional.of(truth)));
  }

  private static Reply found(Answer answer) {
    return Reply.json(Hits.of(answer, Optional.empty()));
  }

  private record Sentence(String text) {}

  private record Image(String id, String split, String text, Map<String, String> fields) {
    static Image of(Card card) {
      Map<String, String> fields = new LinkedHashMap<>(card.fields());
      fields.remove(juxta.api.Field.TEXT);
      return new Image(card.id(), card.split(), card.text(), fields);
    }
  }

  private record Hit(@JsonUnwrapped Image image, int rank, float score, String match) {}

  private record Truth(@JsonUnwrapped Image image, double rank, double kindRank) {}

  private record Hits(long candidates, List<Hit> results, Optional<Truth> truth) {
    static Hits of(Answer answer, Optional<Truth> truth) {
      List<Hit> hits =
          answer.results().stream()
              .map(
                  one ->
                      new Hit(
                          Image.of(one.found().card()),
                          one.found().rank(),
                          one.found().score(),
                          one.match().orElse("")))
              .toList();
      return new Hits(answer.candidates(), hits, truth);
    }
  }
}
