package juxta.search;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's own format of vectors, under its own name, so that any Lucene 9 reads the files; only
 * its limit of 1,024 dimensions is lifted: a ResNet-50 has 2,048 features.
 */
final class HnswFormat extends KnnVectorsFormat {
  static final int MOST_DIMENSIONS = 16_384;

  private final KnnVectorsFormat format;

  HnswFormat(HnswSettings settings) {
    this(new Lucene99HnswVectorsFormat(settings.m(), settings.beamWidth()));
  }

  private HnswFormat(KnnVectorsFormat format) {
    super(format.getName());
    this.format = format;
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return format.fieldsWriter(state);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return format.fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String field) {
    return MOST_DIMENSIONS;
  }
}
