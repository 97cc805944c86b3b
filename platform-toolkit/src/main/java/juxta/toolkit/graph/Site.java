package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;
import org.tensorflow.types.TInt64;

/**
 * Where operations of a graph are being made: on which device, and for which part of a batch.
 *
 * <p>What is applied part by part is first rehearsed on the whole batch. Nothing of a rehearsal is
 * computed but what cannot be cut: its random draws, of which each part takes its rows, and values
 * that parameters are assigned.
 */
final class Site {
  private final Optional<Spread> spread;
  private Ops home;
  private final Map<String, List<Operand<?>>> joined = new HashMap<>(); // by output

  // of the application that is under way
  private Cut cut = new Cut(List.of(), List.of());
  private boolean rehearsing;
  private int part = -1;
  private Lockstep lockstep;
  private final List<Operand<TInt64>> seeds = new ArrayList<>();
  private final List<Draw> draws = new ArrayList<>();
  private int[] seedsTaken = {};
  private int[] drawsTaken = {};

  Site(Optional<Spread> spread) {
    this.spread = spread;
  }

  /** Says where what belongs to no part is made. */
  void home(Ops tf) {
    this.home = tf;
  }

  Optional<Spread> spread() {
    return spread;
  }

  boolean rehearsing() {
    return rehearsing;
  }

  /** Whether a part of a batch is being built. */
  boolean inPart() {
    return part >= 0;
  }

  /** Whether an application is under way, so that what it applies in turn is not cut again. */
  boolean busy() {
    return rehearsing || lockstep != null;
  }

  /** The lockstep of the parts under way. */
  Lockstep lockstep() {
    return lockstep;
  }

  int part() {
    return part;
  }

  /** How the batch under way is cut. */
  Cut cut() {
    return cut;
  }

  /** Builds on the whole batch, and notes what parts will need. */
  <R> R rehearse(Cut cut, Supplier<R> body) {
    this.cut = cut;
    seeds.clear();
    draws.clear();
    rehearsing = true;
    try {
      return body.get();
    } finally {
      rehearsing = false;
    }
  }

  /** Builds parts, which must do what the rehearsal did. */
  <R> List<R> parts(int count, java.util.function.IntFunction<R> body) {
    seedsTaken = new int[count];
    drawsTaken = new int[count];
    lockstep = new Lockstep(count, number -> part = number);
    try {
      return lockstep.run(body);
    } finally {
      lockstep = null;
      part = -1;
    }
  }

  /** The device of the moment, empty if the author of an operation chose one. */
  Optional<DeviceSpec> device(Scope scope) {
    String chosen = scope.getDeviceString();
    return spread
        .filter(devices -> chosen == null || chosen.isEmpty())
        .map(devices -> devices.spec(Math.max(0, part)));
  }

  /** An operation's builder, which notes or cuts what is drawn at random. */
  OperationBuilder noted(OperationBuilder builder, String type) {
    return spread.isPresent() && (rehearsing || inPart()) && Draw.is(type)
        ? new DrawBuilder(this, builder, type, home)
        : builder;
  }

  /** The seed of a purpose: all parts have that of the rehearsal. */
  Operand<TInt64> seed(Supplier<Operand<TInt64>> make) {
    if (inPart()) {
      int next = seedsTaken[part]++;
      if (next >= seeds.size()) {
        throw unlike();
      }
      return seeds.get(next);
    }
    Operand<TInt64> made = make.get();
    if (rehearsing) {
      seeds.add(made);
    }
    return made;
  }

  void note(Draw draw) {
    draws.add(draw);
  }

  /** The rows of this part, of the draw that the rehearsal made at the same place. */
  Operation rows(Operation own, String type) {
    int next = drawsTaken[part]++;
    if (next >= draws.size() || !draws.get(next).type().equals(type)) {
      throw unlike();
    }
    int number = part;
    return new Rows(lockstep.outside(number, () -> draws.get(next).rows(own, number)), type);
  }

  private static IllegalStateException unlike() {
    return new IllegalStateException(
        "the parts of a batch were not treated alike: what is drawn at random must not depend on"
            + " how many records there are");
  }

  void join(Operand<?> whole, List<? extends Operand<?>> parts) {
    joined.put(key(whole), List.copyOf(parts));
  }

  /** The parts that a tensor was joined from, none if it was not. */
  List<Operand<?>> partsOf(Operand<?> whole) {
    return joined.getOrDefault(key(whole), List.of());
  }

  private static String key(Operand<?> operand) {
    return operand.op().name() + ":" + operand.asOutput().index();
  }

  /** Operations of a place, and where they are made. */
  static Site of(Ops tf) {
    return tf.scope() instanceof NotedScope noted ? noted.site() : new Site(Optional.empty());
  }
}
