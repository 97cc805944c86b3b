package juxta.launcher.serve;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Room for large bodies: each reserves its bytes before the first of them is read, and waits where
 * there is no room. The thread of the connections uses it alone.
 */
final class Uploads {
  /** Smaller bodies are taken in at once. */
  static final int SMALL = 1 << 16;

  private final long room;
  private final int most;
  private final Deque<Connection> waiting = new ArrayDeque<>();
  private long taken;

  Uploads(long room, int most) {
    this.room = room;
    this.most = most;
  }

  /** What became of a wish for room. */
  enum Place {
    /** It can be read. */
    TAKEN,
    /** It will be told when it can. */
    WAITING,
    /** Too many wait already. */
    NONE
  }

  Place wish(Connection connection, long bytes) {
    if (waiting.isEmpty() && taken + bytes <= room) {
      taken += bytes;
      return Place.TAKEN;
    }
    if (waiting.size() >= most) {
      return Place.NONE;
    }
    waiting.add(connection);
    return Place.WAITING;
  }

  /** Gives room back; those that waited longest get it. */
  void free(long bytes) {
    taken -= bytes;
    next();
  }

  /** One that waited has left. */
  void leave(Connection connection) {
    waiting.remove(connection);
    next();
  }

  private void next() {
    while (!waiting.isEmpty() && taken + waiting.peek().wanted() <= room) {
      Connection first = waiting.remove();
      taken += first.wanted();
      first.admitted();
    }
  }
}
