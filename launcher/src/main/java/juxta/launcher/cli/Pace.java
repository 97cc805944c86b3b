package juxta.launcher.cli;

import java.util.ArrayList;
import java.util.List;
import juxta.launcher.run.TourStop;

/** How long a tour will still take: what its stops say, times how slow this machine has been. */
final class Pace {
  private static final double NANOS = 1e9;

  private final long begun = System.nanoTime();
  private final List<TourStop> left;
  private double done;

  Pace(List<TourStop> stops) {
    this.left = new ArrayList<>(stops);
  }

  /** A stop was visited. */
  void done(TourStop stop) {
    left.remove(stop);
    done += stop.tour().seconds();
  }

  /** What lies ahead, in words. */
  String ahead() {
    double factor = done == 0 ? 1 : seconds() / done;
    double ahead = left.stream().mapToDouble(stop -> stop.tour().seconds()).sum();
    return "ETA of the whole tour " + Terminal.clock(factor * ahead);
  }

  /** Time since the tour began, in words. */
  String elapsed() {
    return Terminal.clock(seconds());
  }

  private double seconds() {
    return (System.nanoTime() - begun) / NANOS;
  }
}
