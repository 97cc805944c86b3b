package juxta.launcher.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.engine.train.Monitor;
import juxta.launcher.search.FakeEmbedder;
import juxta.launcher.search.Films;
import juxta.launcher.search.Gallery;
import juxta.launcher.search.Indexing;
import juxta.launcher.search.Searcher;

/** A server over images in memory and a model that needs no training. */
final class Served implements AutoCloseable {
  final SearchServer server;
  final Gallery gallery;
  final List<String> faults = Collections.synchronizedList(new ArrayList<>());

  private Served(Path folder, Films films, boolean texts, Limits limits) {
    FakeEmbedder embedder = new FakeEmbedder("fake-12345678", texts);
    Path index = folder.resolve("search").resolve(texts ? "texts" : "images");
    gallery =
        new Indexing(embedder, films, List.of(), index, Monitor.SILENT, line -> {})
            .open(Optional.empty());
    RunFacts facts =
        new RunFacts(
            folder, "fake", "-", "films", "films", true, Map.of("batch", "8", "epochs", "3"));
    Searcher searcher = new Searcher(embedder, gallery, films);
    server =
        SearchServer.start(facts, searcher, "127.0.0.1", 0, Optional.empty(), limits, faults::add);
  }

  static Served texts(Path folder) {
    return texts(folder, Limits.ofProcess());
  }

  static Served texts(Path folder, Limits limits) {
    return new Served(folder, Films.of(Films.range(0, 60), Films.range(60, 80)), true, limits);
  }

  static Served images(Path folder) {
    Films films = Films.of(DataKind.IMAGES, 6, Films.range(0, 30), Films.range(30, 40));
    return new Served(folder, films, false, Limits.ofProcess());
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    gallery.close();
  }
}
