package juxta.toolkit.data;

import java.util.function.BiConsumer;

/** Counts what several threads do and tells of every hundredth of it. */
public final class Progress {
  private final int total;
  private final String doing;
  private final BiConsumer<String, Double> listener;
  private int done;

  /**
   * Begins to count.
   *
   * @param total what there is to do
   * @param doing what the display says
   * @param listener told the share that is done, by one thread at a time
   */
  public Progress(int total, String doing, BiConsumer<String, Double> listener) {
    this.total = total;
    this.doing = doing;
    this.listener = listener;
  }

  /** One more is done. */
  public synchronized void one() {
    done++;
    if (done % Math.max(1, total / 100) == 0) {
      listener.accept(doing, (double) done / total);
    }
  }
}
