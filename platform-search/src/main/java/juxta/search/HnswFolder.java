package juxta.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.UserException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/** The folder that Lucene keeps an index in, and all that was opened in it. */
final class HnswFolder {
  private static final String DIMENSIONS = "juxta.dimensions";
  private static final String NEXT = "juxta.next";

  /** Vectors that are collected before a part of the index is written. */
  private static final double BUFFER_MB = 128;

  /** Something that was opened. */
  @FunctionalInterface
  private interface Opened {
    void close() throws IOException;
  }

  private final Path path;
  private final int dimensions;
  private final Directory directory;
  private final List<Opened> opened = new ArrayList<>();

  HnswFolder(Path path, int dimensions) {
    this.path = path;
    this.dimensions = dimensions;
    try {
      this.directory = FSDirectory.open(path);
    } catch (IOException e) {
      throw fault("open", e);
    }
    opened.add(directory::close);
  }

  boolean isEmpty() throws IOException {
    return !DirectoryReader.indexExists(directory);
  }

  /** The place of the next new vector, after a check of the index's dimensions. */
  long next(int wanted) throws IOException {
    Map<String, String> saved = SegmentInfos.readLatestCommit(directory).getUserData();
    try {
      Kind.checkDimensions(path, Integer.parseInt(saved.get(DIMENSIONS)), wanted);
      return Long.parseLong(saved.get(NEXT));
    } catch (NumberFormatException e) {
      throw new UserException(
          path + ": holds a Lucene index that Juxta did not make; name another folder", e);
    }
  }

  /** Locks the folder and opens a writer. */
  IndexWriter writer(HnswSettings settings) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig();
    KnnVectorsFormat format = new HnswFormat(settings);
    config.setCodec(
        new Lucene912Codec() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return format;
          }
        });
    config.setRAMBufferSizeMB(BUFFER_MB);
    IndexWriter writer = new IndexWriter(directory, config);
    opened.add(writer::rollback); // what was not saved is lost
    return writer;
  }

  /** What the writer has, or without one what was saved last. */
  SearcherManager searchers(Optional<IndexWriter> writer) throws IOException {
    SearcherManager searchers =
        writer.isPresent()
            ? new SearcherManager(writer.get(), null)
            : new SearcherManager(directory, null);
    opened.add(searchers::close);
    return searchers;
  }

  /** Makes what the writer has what the folder holds. */
  void commit(IndexWriter writer, long next) throws IOException {
    writer.setLiveCommitData(
        Map.of(DIMENSIONS, Integer.toString(dimensions), NEXT, Long.toString(next)).entrySet());
    writer.commit();
  }

  /** Closes everything, the last first. */
  void close() {
    List<Opened> rest = new ArrayList<>(opened);
    opened.clear();
    Collections.reverse(rest);
    for (Opened one : rest) {
      try {
        one.close();
      } catch (IOException e) {
        // all was saved that was to be saved
        System.getLogger(HnswFolder.class.getName())
            .log(System.Logger.Level.DEBUG, "not closed properly: " + path, e);
      }
    }
  }

  /** Says in one line why something could not be done. */
  UserException fault(String what, Exception e) {
    if (e instanceof UserException said) {
      return said;
    }
    if (e instanceof LockObtainFailedException) {
      return new UserException(
          path + ": another process changes this index; wait until it has closed it", e);
    }
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new UserException(
        "cannot "
            + what
            + " the index in "
            + path
            + " ("
            + e.getClass().getSimpleName()
            + ": "
            + reason
            + "); if it is damaged, restore it or make it anew in an empty folder",
        e);
  }
}
