package juxta.launcher.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import juxta.api.ModelFunction;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.engine.run.ReopenedRun;
import juxta.engine.train.Evaluations;
import juxta.engine.train.Monitor;
import juxta.toolkit.io.Digest;

/** A run whose model searches in a data set. */
public final class SearchedRun implements AutoCloseable {
  private static final int SHORT = 8;

  private final Embedder embedder;
  private final Gallery gallery;
  private final Searcher searcher;

  private SearchedRun(Embedder embedder, Gallery gallery, Searcher searcher) {
    this.embedder = embedder;
    this.gallery = gallery;
    this.searcher = searcher;
  }

  /**
   * Opens the index of a run, made or brought up to date where needed. It lies in the run's folder,
   * under {@code search}, one for each data set and choice of splits.
   *
   * @param run the run
   * @param splits the splits that are searched, all if none is named
   * @param kind kind of index, see {@link Indexing#open}
   * @param monitor is told how far it is
   * @param say takes lines for the user
   * @return the run, ready to search
   */
  public static SearchedRun open(
      ReopenedRun run,
      List<String> splits,
      Optional<String> kind,
      Monitor monitor,
      Consumer<String> say) {
    Evaluations evaluations =
        new Evaluations(
            run.model(), run.setup(), run.folder(), run.choices().helped(), monitor, () -> false);
    String id = run.record().method() + "-" + hash(run.checkpoint().resolve("weights.safetensors"));
    Embedder embedder = new ModelEmbedder(id, evaluations.with(Settings.DEFAULTS));
    try {
      String mark = Content.hash(run.dataName(), String.join(",", splits)).substring(0, SHORT);
      Path folder = run.folder().resolve("search").resolve(run.data().id() + "-" + mark);
      Indexing indexing = new Indexing(embedder, run.data(), splits, folder, monitor, say);
      new Fit(embedder, run.data()); // before hours of indexing
      Gallery gallery = indexing.open(kind);
      if (indexing.embedded() > 0) {
        say.accept("indexed " + indexing.embedded() + " new images");
      }
      return new SearchedRun(embedder, gallery, new Searcher(embedder, gallery, run.data()));
    } catch (RuntimeException e) {
      embedder.close();
      throw e;
    }
  }

  /**
   * Refuses a search by text with a model that takes none, before anything is indexed.
   *
   * @param run the run
   * @param text whether one wants to search by text
   * @throws UserException if the model takes none
   */
  public static void checkText(ReopenedRun run, boolean text) {
    if (text && !run.model().functions().contains(ModelFunction.EMBED_TEXT)) {
      throw new UserException(
          "method '"
              + run.record().method()
              + "' learned from images only and cannot search by text; pass --image FILE");
    }
  }

  private static String hash(Path weights) {
    try {
      return Digest.sha256().add(weights).hex().substring(0, SHORT);
    } catch (IOException e) {
      throw new UserException(
          "cannot read " + weights + " (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /**
   * Answers queries.
   *
   * @return the searcher
   */
  public Searcher searcher() {
    return searcher;
  }

  @Override
  public void close() {
    gallery.close();
    embedder.close();
  }
}
