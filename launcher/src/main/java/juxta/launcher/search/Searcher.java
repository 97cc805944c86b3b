package juxta.launcher.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.TextTemplate;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.picture.Canvas;
import juxta.toolkit.picture.PictureValues;

/** Answers queries. Safe to use from several threads at once. */
public final class Searcher {
  /** The most results that one may ask for. */
  public static final int MOST = 20;

  /** How many results there are where nobody says. */
  public static final int USUAL = 10;

  /** Longer descriptions than any model reads. */
  private static final int LONGEST = 2000;

  private static final int REMEMBERED = 512;

  /** Images that are tried until one has a known answer. */
  private static final int DRAWS = 200;

  private static final long PICTURES = 32L << 20;

  private final Embedder embedder;
  private final Gallery gallery;
  private final Dataset data;
  private final Fit fit;
  private final QueryPicture pictures = new QueryPicture();
  private final Recent<float[]> vectors = new Recent<>(REMEMBERED, vector -> 1);
  private final Recent<byte[]> files = new Recent<>(PICTURES, file -> file.length);

  /**
   * Prepares.
   *
   * @param embedder the model
   * @param gallery the images
   * @param data the data that the images are in
   * @throws UserException if the model does not take pictures
   */
  public Searcher(Embedder embedder, Gallery gallery, Dataset data) {
    this.embedder = embedder;
    this.gallery = gallery;
    this.data = data;
    this.fit = new Fit(embedder, data);
  }

  /**
   * The images.
   *
   * @return the images
   */
  public Gallery gallery() {
    return gallery;
  }

  /**
   * Whether one can search by text.
   *
   * @return false if model or data know no texts
   */
  public boolean takesText() {
    return embedder.takesText();
  }

  /**
   * How people can put a text together from fields of the images.
   *
   * @return the data set's template; empty if it has none, its texts do not follow it, or one
   *     cannot search by text
   */
  public Optional<TextTemplate> template() {
    return data.textTemplate()
        .filter(template -> takesText() && Sentence.fits(template, gallery.cards()));
  }

  /**
   * Id of the model.
   *
   * @return letters, digits and {@code -}
   */
  public String model() {
    return embedder.model();
  }

  /**
   * Searches by text.
   *
   * @param query what the image should show
   * @param k how many are wanted
   * @param where conditions
   * @return what was found
   * @throws UserException if the query is empty, too long, or has no word that the model knows
   */
  public Answer text(String query, int k, Where where) {
    return answer(vector(query), k, where, sameText(query));
  }

  private float[] vector(String query) {
    if (query.length() > LONGEST) {
      throw new UserException(
          "the description has more than " + LONGEST + " letters; say it in fewer");
    }
    embedder
        .objection(query)
        .ifPresent(
            objection -> {
              throw new UserException(objection);
            });
    return remembered("text " + query, () -> embedder.text(query));
  }

  private static Function<Card, Optional<String>> sameText(String query) {
    return card ->
        Sentence.same(card.text(), query) ? Optional.of("same description") : Optional.empty();
  }

  /**
   * Searches by a picture.
   *
   * @param file content of a PNG, JPEG, BMP or GIF file
   * @param k how many are wanted
   * @param where conditions
   * @return what was found
   * @throws UserException if that is no picture
   */
  public Answer picture(byte[] file, int k, Where where) {
    return picture(file, k, where, () -> false);
  }

  /**
   * Searches by a picture for somebody who may leave.
   *
   * @param file content of a PNG, JPEG, BMP or GIF file
   * @param k how many are wanted
   * @param where conditions
   * @param gone whether nobody waits for the answer any more; decoding ends then
   * @return what was found
   * @throws UserException if that is no picture
   */
  public Answer picture(byte[] file, int k, Where where, BooleanSupplier gone) {
    Map<String, Value> record = Map.of(fit.field(), fit.of(pictures.decode(file, gone)));
    String id = Content.id(embedder.inputs(), record);
    float[] vector = embedder.images(List.of(record)).row(0);
    return answer(
        vector,
        k,
        where,
        card -> card.id().startsWith(id) ? Optional.of("same picture") : Optional.empty());
  }

  /**
   * Whether a picture takes seconds and much memory to decode.
   *
   * @param file content of a picture
   * @return false, too, for what is no picture
   */
  public boolean isLarge(byte[] file) {
    return pictures.isLarge(file);
  }

  /**
   * Finds images like one that is indexed; itself it is not among them.
   *
   * @param id its id
   * @param k how many are wanted
   * @param where conditions
   * @return what was found; empty if there is no such image
   */
  public Optional<Answer> like(String id, int k, Where where) {
    return gallery.card(id).map(card -> like(card, k, where));
  }

  private Answer like(Card card, int k, Where where) {
    return answer(vector(card), k, other(card, where), found -> kinship(card, found));
  }

  private static Predicate<Card> other(Card card, Where where) {
    return where.and(found -> !found.id().equals(card.id()));
  }

  private float[] vector(Card card) {
    return remembered(
        "image " + card.id(),
        () -> embedder.images(List.of(Map.of(fit.field(), image(card)))).row(0));
  }

  private Value image(Card card) {
    return data.split(card.split()).value(fit.field(), card.row());
  }

  /** What two images share that makes one a right answer to the other. */
  private static Optional<String> kinship(Card a, Card b) {
    if (shares(a, b, Field.INSTANCE)) {
      return Optional.of("same object");
    }
    if (Sentence.same(a.text(), b.text())) {
      return Optional.of("same description");
    }
    return a.text().isEmpty() && shares(a, b, Field.LABEL)
        ? Optional.of("same class")
        : Optional.empty();
  }

  private static boolean shares(Card a, Card b, String field) {
    return !a.value(field).isEmpty() && a.value(field).equals(b.value(field));
  }

  /**
   * Tries a query whose answer is known: the text of an image, or an image itself. It is taken from
   * the test split if that is indexed.
   *
   * @param k how many results are wanted
   * @param where conditions on the images that take part
   * @param random draws the image
   * @return the trial; empty if no image has a known answer
   */
  public Optional<Answer.Trial> trial(int k, Where where, RandomGenerator random) {
    List<Card> some = candidates(where).toList();
    List<Card> tests = some.stream().filter(c -> c.split().equals(Dataset.TEST)).toList();
    List<Card> drawn = tests.isEmpty() ? some : tests;
    return Stream.generate(() -> drawn.get(random.nextInt(drawn.size())))
        .limit(drawn.isEmpty() ? 0 : DRAWS)
        .filter(card -> answerable(card, some))
        .findFirst()
        .map(card -> takesText() ? byText(card, k, where) : byImage(card, k, where));
  }

  private boolean answerable(Card card, List<Card> others) {
    if (takesText()) {
      return embedder.objection(card.text()).isEmpty();
    }
    return others.stream().anyMatch(o -> !o.id().equals(card.id()) && kinship(card, o).isPresent());
  }

  private Answer.Trial byText(Card card, int k, Where where) {
    float[] query = vector(card.text());
    Predicate<Card> own = found -> found.id().equals(card.id());
    Predicate<Card> kind = found -> Sentence.same(found.text(), card.text());
    return new Answer.Trial(
        card,
        gallery.rank(query, own, where).orElseThrow(),
        gallery.rank(query, kind, where).orElseThrow(),
        answer(
            query,
            k,
            where,
            found ->
                own.test(found)
                    ? Optional.of("the text's own image")
                    : sameText(card.text()).apply(found)));
  }

  private Answer.Trial byImage(Card card, int k, Where where) {
    double rank =
        gallery
            .rank(vector(card), found -> kinship(card, found).isPresent(), other(card, where))
            .orElseThrow();
    return new Answer.Trial(card, rank, rank, like(card, k, where));
  }

  private Answer answer(
      float[] query, int k, Predicate<Card> where, Function<Card, Optional<String>> match) {
    if (k < 1 || k > MOST) {
      throw new UserException("ask for 1 to " + MOST + " results, not " + k);
    }
    List<Answer.Result> results =
        gallery.search(query, k, where).stream()
            .map(found -> new Answer.Result(found, match.apply(found.card())))
            .toList();
    return new Answer(results, candidates(where).count());
  }

  private Stream<Card> candidates(Predicate<Card> where) {
    return gallery.cards().stream().filter(where);
  }

  /**
   * The picture of an indexed image.
   *
   * @param id its id
   * @param side most pixels along its longer side
   * @return a PNG file; empty if there is no such image
   */
  public Optional<byte[]> png(String id, int side) {
    Optional<Card> card = gallery.card(id);
    if (card.isEmpty()) {
      return Optional.empty();
    }
    String key = side + " " + id;
    Optional<byte[]> known = files.get(key);
    if (known.isEmpty()) {
      known = Optional.of(Canvas.png(PictureValues.picture(image(card.get())).within(side)));
      files.put(key, known.get());
    }
    return known;
  }

  private float[] remembered(String key, Supplier<float[]> make) {
    return vectors
        .get(key)
        .orElseGet(
            () -> {
              float[] vector = make.get();
              vectors.put(key, vector);
              return vector;
            });
  }
}
