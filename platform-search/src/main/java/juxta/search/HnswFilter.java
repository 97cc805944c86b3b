package juxta.search;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * The vectors that one search wants, as Lucene asks for them. They are looked for at most once,
 * however many queries the search has.
 */
final class HnswFilter extends Query {
  private final Predicate<String> wanted;
  private final Map<Object, FixedBitSet> found = new ConcurrentHashMap<>(); // by part of the index

  HnswFilter(Predicate<String> wanted) {
    this.wanted = wanted;
  }

  /** Whether there is nothing to look for. */
  boolean all() {
    return wanted == VectorIndex.ALL;
  }

  boolean test(String id) {
    return wanted.test(id);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public Scorer scorer(LeafReaderContext leaf) throws IOException {
        FixedBitSet bits = bits(leaf);
        BitSetIterator all = new BitSetIterator(bits, bits.cardinality());
        return new ConstantScoreScorer(this, score(), mode, all);
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return false; // no other search has this filter
      }
    };
  }

  private FixedBitSet bits(LeafReaderContext leaf) throws IOException {
    FixedBitSet known = found.get(leaf.id());
    if (known != null) {
      return known;
    }
    FixedBitSet bits = new FixedBitSet(leaf.reader().maxDoc());
    BinaryDocValues ids = HnswDocuments.ids(leaf);
    for (int doc = 0; doc < bits.length(); doc++) {
      if (wanted.test(HnswDocuments.id(ids, doc))) {
        bits.set(doc);
      }
    }
    found.put(leaf.id(), bits);
    return bits;
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return "wanted";
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
