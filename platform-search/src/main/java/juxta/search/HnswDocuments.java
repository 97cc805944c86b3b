package juxta.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** How a vector lies in Lucene: one document with its id, its place in the order, its features. */
final class HnswDocuments {
  private static final String ID = "id";
  private static final String PLACE = "place";
  private static final String VECTOR = "vector";

  private record Found(int doc, float score, long place) {}

  private HnswDocuments() {}

  static Term term(String id) {
    return new Term(ID, id);
  }

  static Document document(String id, float[] unit, long place) {
    Document document = new Document();
    document.add(new StringField(ID, id, Field.Store.NO));
    document.add(new BinaryDocValuesField(ID, new BytesRef(id)));
    document.add(new NumericDocValuesField(PLACE, place));
    document.add(new KnnFloatVectorField(VECTOR, unit, VectorSimilarityFunction.DOT_PRODUCT));
    return document;
  }

  /** The place of an id; empty if it is not there. */
  static OptionalLong place(IndexSearcher searcher, String id) throws IOException {
    ScoreDoc[] found = searcher.search(new TermQuery(term(id)), 1).scoreDocs;
    return found.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(place(searcher, found[0].doc));
  }

  /**
   * The best of the candidates that the graph yields. Where too few of them are wanted, the graph
   * is gone through once more along wanted ones only, or these are all looked at.
   */
  static List<Hit> search(IndexSearcher searcher, float[] unit, int k, int ef, HnswFilter wanted)
      throws IOException {
    int candidates = Math.min(Math.max(k, ef), searcher.getIndexReader().numDocs());
    if (candidates == 0) {
      return List.of();
    }
    KnnFloatVectorQuery any = new KnnFloatVectorQuery(VECTOR, unit, candidates);
    List<Hit> hits = search(searcher, any, k, wanted);
    return hits.size() >= k || wanted.all()
        ? hits
        : search(searcher, new KnnFloatVectorQuery(VECTOR, unit, candidates, wanted), k, wanted);
  }

  private static List<Hit> search(
      IndexSearcher searcher, KnnFloatVectorQuery query, int k, HnswFilter wanted)
      throws IOException {
    List<Found> found = new ArrayList<>();
    for (ScoreDoc doc : searcher.search(query, query.getK()).scoreDocs) {
      float score = 2 * doc.score - 1; // Lucene's scores are not negative: (1 + product) / 2
      found.add(new Found(doc.doc, score, place(searcher, doc.doc)));
    }
    found.sort(
        Comparator.<Found>comparingDouble(one -> -one.score()).thenComparingLong(Found::place));
    List<Hit> hits = new ArrayList<>();
    for (Found one : found) {
      String id = id(searcher, one.doc());
      if (hits.size() < k && wanted.test(id)) {
        hits.add(new Hit(id, one.score()));
      }
    }
    return hits;
  }

  private static String id(IndexSearcher searcher, int doc) throws IOException {
    LeafReaderContext leaf = leaf(searcher, doc);
    return id(ids(leaf), doc - leaf.docBase);
  }

  /** The ids of a part of the index. */
  static BinaryDocValues ids(LeafReaderContext leaf) throws IOException {
    BinaryDocValues ids = leaf.reader().getBinaryDocValues(ID);
    if (ids == null) {
      throw new IOException("a vector has no id");
    }
    return ids;
  }

  /** The id of a document, by its number in its part of the index; numbers must not fall. */
  static String id(BinaryDocValues ids, int doc) throws IOException {
    if (!ids.advanceExact(doc)) {
      throw new IOException("a vector has no id");
    }
    return ids.binaryValue().utf8ToString();
  }

  private static long place(IndexSearcher searcher, int doc) throws IOException {
    LeafReaderContext leaf = leaf(searcher, doc);
    NumericDocValues places = leaf.reader().getNumericDocValues(PLACE);
    if (places == null || !places.advanceExact(doc - leaf.docBase)) {
      throw new IOException("a vector has no place");
    }
    return places.longValue();
  }

  private static LeafReaderContext leaf(IndexSearcher searcher, int doc) {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    return leaves.get(ReaderUtil.subIndex(doc, leaves));
  }
}
