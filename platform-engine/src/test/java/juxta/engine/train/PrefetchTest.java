package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import juxta.api.UserException;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;

class PrefetchTest {
  private static final int NUMBERS = 256; // 1 KiB a batch

  private final List<Tensor> made = new ArrayList<>();
  private final AtomicLong prepared = new AtomicLong();

  private Prefetch.Prepared prepare(Operand<?> at, long step) {
    prepared.incrementAndGet();
    Tensor tensor = Tensors.of(new int[NUMBERS]);
    synchronized (made) {
      made.add(tensor);
    }
    return new Prefetch.Prepared(step, Map.of(), Map.of(at, tensor));
  }

  private static boolean closed(Tensor tensor) {
    try {
      return tensor.numBytes() < 0;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Test
  void stepsComeInOrderAndNoMoreIsReadyThanThereIsRoomFor() throws InterruptedException {
    CountDownLatch three = new CountDownLatch(4);
    try (EagerSession session = EagerSession.create()) {
      Operand<?> at = Ops.create(session).constant(0);
      try (Prefetch prefetch =
          new Prefetch(
              100,
              3 * 4 * NUMBERS,
              step -> {
                three.countDown();
                return prepare(at, step);
              })) {
        prefetch.take(7).close();
        assertThat(three.await(1, TimeUnit.MINUTES)).isTrue(); // 7, 8, 9, 10: three lie ready
        for (long step = 8; step < 50; step++) {
          try (Prefetch.Prepared one = prefetch.take(step)) {
            assertThat(one.step()).isEqualTo(step);
            // this one, three that lie ready, one that is made in the moment
            assertThat(prepared.get()).isLessThanOrEqualTo(step - 7 + 5);
          }
        }
      }
      assertThat(made).allMatch(PrefetchTest::closed);
    }
  }

  @Test
  void aBatchLargerThanTheRoomIsStillPrepared() {
    try (EagerSession session = EagerSession.create()) {
      Operand<?> at = Ops.create(session).constant(0);
      try (Prefetch prefetch = new Prefetch(5, 1, step -> prepare(at, step))) {
        for (long step = 0; step < 5; step++) {
          prefetch.take(step).close();
        }
      }
      assertThat(made).hasSize(5).allMatch(PrefetchTest::closed);
    }
  }

  @Test
  void aFaultComesWhenItsStepIsAskedFor() {
    try (EagerSession session = EagerSession.create()) {
      Operand<?> at = Ops.create(session).constant(0);
      try (Prefetch prefetch =
          new Prefetch(
              9,
              step -> {
                if (step == 3) {
                  throw new UserException("a.png: is no readable image");
                }
                return prepare(at, step);
              })) {
        for (long step = 0; step < 3; step++) {
          prefetch.take(step).close();
        }
        assertThatThrownBy(() -> prefetch.take(3))
            .isInstanceOf(UserException.class)
            .hasMessage("a.png: is no readable image");
      }
      assertThat(made).hasSize(3).allMatch(PrefetchTest::closed);
    }
  }

  /** Readers throw more than they declare: nobody may wait for them in vain. */
  @Test
  void whateverIsThrownComesAsItIs() {
    for (Throwable thrown :
        List.of(new AssertionError("never"), new IOException("a.png"), new LinkageError("old"))) {
      try (Prefetch prefetch =
          new Prefetch(9, step -> PrefetchTest.<RuntimeException>sneak(thrown))) {
        Throwable caught = catchThrowable(() -> prefetch.take(0));
        assertThat(thrown instanceof Error ? caught : caught.getCause()).isSameAs(thrown);
      }
    }
  }

  @SuppressWarnings("unchecked") // that is the trick
  private static <E extends Throwable> Prefetch.Prepared sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void whatWasNeverTakenIsClosed() {
    try (EagerSession session = EagerSession.create()) {
      Operand<?> at = Ops.create(session).constant(0);
      try (Prefetch prefetch = new Prefetch(1000, step -> prepare(at, step))) {
        prefetch.take(0).close();
      }
      assertThat(made).allMatch(PrefetchTest::closed).hasSizeLessThan(20);
    }
  }
}
