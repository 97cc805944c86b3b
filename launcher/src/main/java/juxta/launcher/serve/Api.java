package juxta.launcher.serve;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import juxta.api.Field;
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
          Reply.json(Map.of("text", searcher.template().map(t -> t.text(ask.all())).orElse("")));
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
    return Reply.json(Results.of(trial.get().answer(), trial.map(Truth::of)));
  }

  private static Reply found(Answer answer) {
    return Reply.json(Results.of(answer, Optional.empty()));
  }

  /** What was found, and where a trial's own image came in it. */
  private record Results(long candidates, List<Result> results, Optional<Truth> truth) {
    static Results of(Answer answer, Optional<Truth> truth) {
      return new Results(
          answer.candidates(), answer.results().stream().map(Result::of).toList(), truth);
    }
  }

  private record Result(
      String id,
      String split,
      String text,
      Map<String, String> fields,
      int rank,
      float score,
      String match) {
    static Result of(Answer.Result result) {
      Card card = result.found().card();
      return new Result(
          card.id(),
          card.split(),
          card.text(),
          Api.fields(card),
          result.found().rank(),
          result.found().score(),
          result.match().orElse(""));
    }
  }

  private record Truth(
      String id,
      String split,
      String text,
      Map<String, String> fields,
      double rank,
      double kindRank) {
    static Truth of(Answer.Trial trial) {
      Card card = trial.card();
      return new Truth(
          card.id(), card.split(), card.text(), Api.fields(card), trial.rank(), trial.kindRank());
    }
  }

  private static Map<String, String> fields(Card card) {
    Map<String, String> fields = new LinkedHashMap<>(card.fields());
    fields.remove(Field.TEXT);
    return fields;
  }
}
