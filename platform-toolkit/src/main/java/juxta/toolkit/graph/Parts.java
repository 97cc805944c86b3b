package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Applies to each part of a batch, on a device of its own, what treats each record by itself. The
 * engine cuts batches with this where views are made and networks applied; authors need it only for
 * a layer that looks at several records at once, as batch normalisation does.
 */
public final class Parts {
  private final Site site;

  private Parts(Site site) {
    this.site = site;
  }

  /**
   * The part of a batch that is being built at a place.
   *
   * @param scope the place
   * @return empty where whole batches are
   */
  public static Optional<Parts> building(GraphScope scope) {
    Site site = Site.of(scope.tf());
    return site.busy() ? Optional.of(new Parts(site)) : Optional.empty();
  }

  /**
   * Whether this is the rehearsal on the whole batch, of which nothing is computed.
   *
   * @return false for a part
   */
  public boolean rehearsal() {
    return site.rehearsing();
  }

  /**
   * Whether batch normalisation is to use the statistics of the whole batch.
   *
   * @return false for those of the part
   */
  public boolean wholeStatistics() {
    return site.spread().orElseThrow().wholeStatistics();
  }

  /**
   * Puts together what all parts have made at one place; the same for all of them. Not to be called
   * in a rehearsal.
   *
   * @param <V> what each part brings
   * @param <R> what is made of it
   * @param brought what this part brings, on its device
   * @param merge makes one thing of what all parts bring, in order, on the first device; it may
   *     assign parameters
   * @return what was made
   */
  public <V, R> R meet(V brought, Function<List<V>, R> merge) {
    return site.lockstep().meet(site.part(), brought, merge);
  }

  /**
   * Applies something part by part, if the graph has devices for that, the batch's size is known
   * and this is no part already.
   *
   * @param scope where to build
   * @param batch tensors of one length along the first axis, the records
   * @param body what is done to them, each record by itself; what it makes has a row a record
   * @return what it makes of the whole batch, in the same order
   */
  public static List<Operand<? extends TType>> apply(
      GraphScope scope,
      List<? extends Operand<? extends TType>> batch,
      UnaryOperator<List<Operand<? extends TType>>> body) {
    Ops tf = scope.tf();
    Site site = Site.of(tf);
    int records = records(batch);
    List<Operand<? extends TType>> whole = List.copyOf(batch);
    int devices = devices(site);
    if (devices < 2 || records < 2 || site.busy()) {
      return body.apply(whole);
    }
    Cut cut = Cut.of(records, devices);
    List<List<Operand<? extends TType>>> cuts = new ArrayList<>();
    for (Operand<? extends TType> one : whole) {
      cuts.add(cut(tf, site, one, cut));
    }
    List<Operand<? extends TType>> rehearsed = site.rehearse(cut, () -> body.apply(whole));
    List<List<Operand<? extends TType>>> made =
        site.parts(
            cut.parts(),
            part ->
                body.apply(
                    cuts.stream()
                        .<Operand<? extends TType>>map(of -> tf.identity(of.get(part)))
                        .toList()));
    List<Operand<? extends TType>> joined = new ArrayList<>();
    for (int i = 0; i < rehearsed.size(); i++) {
      int output = i;
      joined.add(
          join(
              tf,
              site,
              whole,
              rehearsed.get(i),
              made.stream().<Operand<? extends TType>>map(part -> part.get(output)).toList(),
              records));
    }
    return joined;
  }

  /**
   * How many records each device takes of a batch.
   *
   * @param scope a place
   * @param records of the batch, 1 or more
   * @return a number for each part, in order; one number where the batch is not cut
   */
  public static List<Integer> sizes(GraphScope scope, int records) {
    return Cut.of(records, devices(Site.of(scope.tf()))).sizes();
  }

  /**
   * Says that the parts of a batch are there already, each on the device that takes it: they need
   * not be cut out of the whole then.
   *
   * @param scope a place
   * @param whole a row a record
   * @param parts the same rows, as many in each as {@link #sizes} says
   */
  public static void given(
      GraphScope scope,
      Operand<? extends TType> whole,
      List<? extends Operand<? extends TType>> parts) {
    Site.of(scope.tf()).join(whole, parts);
  }

  private static int devices(Site site) {
    return site.spread().map(spread -> spread.devices().size()).orElse(1);
  }

  /** The length that all tensors share, -1 if it is not known. */
  private static int records(List<? extends Operand<?>> batch) {
    long records = -1;
    for (Operand<?> one : batch) {
      Shape shape = one.shape();
      long length = shape.isUnknown() || shape.numDimensions() == 0 ? -1 : shape.get(0);
      if (length < 0 || (records >= 0 && length != records)) {
        return -1;
      }
      records = length;
    }
    return (int) records;
  }

  private static List<Operand<? extends TType>> cut(
      Ops tf, Site site, Operand<? extends TType> whole, Cut cut) {
    List<Operand<? extends TType>> parts = new ArrayList<>();
    List<Operand<?>> known = site.partsOf(whole);
    for (int i = 0; i < cut.parts(); i++) {
      parts.add(
          known.isEmpty()
              ? slice(tf, whole, cut.from().get(i), cut.sizes().get(i))
              : typed(known.get(i)));
    }
    return parts;
  }

  @SuppressWarnings("unchecked") // all tensors of a graph are of some type
  private static Operand<? extends TType> typed(Operand<?> operand) {
    return (Operand<? extends TType>) operand;
  }

  private static <T extends TType> Operand<T> slice(Ops tf, Operand<T> x, int from, int size) {
    int axes = x.shape().numDimensions();
    int[] begin = new int[axes];
    int[] length = new int[axes];
    java.util.Arrays.fill(length, -1);
    begin[0] = from;
    length[0] = size;
    return tf.slice(x, tf.constant(begin), tf.constant(length));
  }

  private static Operand<? extends TType> join(
      Ops tf,
      Site site,
      List<Operand<? extends TType>> given,
      Operand<? extends TType> rehearsed,
      List<Operand<? extends TType>> parts,
      int records) {
    if (given.stream().anyMatch(one -> same(one, rehearsed))) {
      return rehearsed; // passed through
    }
    Shape shape = rehearsed.shape();
    boolean rows =
        !shape.isUnknown()
            && shape.numDimensions() > 0
            && (shape.get(0) < 0 || shape.get(0) == records);
    if (!rows) {
      return rehearsed; // no row a record: nothing that could be cut
    }
    List<Operand<? extends TType>> ends = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      ends.add(PartEnd.of(tf, i, parts.get(i)));
    }
    Operand<? extends TType> whole = concat(tf, ends);
    site.join(whole, parts);
    return whole;
  }

  @SuppressWarnings("unchecked") // the parts are made by the same code
  private static <T extends TType> Operand<T> concat(Ops tf, List<Operand<? extends TType>> parts) {
    Operand<TInt32> first = tf.constant(0);
    List<Operand<T>> typed = new ArrayList<>();
    parts.forEach(part -> typed.add((Operand<T>) part));
    return tf.concat(typed, first);
  }

  private static boolean same(Operand<?> a, Operand<?> b) {
    return Objects.equals(a.op().name(), b.op().name())
        && a.asOutput().index() == b.asOutput().index();
  }
}
