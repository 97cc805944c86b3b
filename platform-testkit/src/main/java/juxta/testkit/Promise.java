package juxta.testkit;

import juxta.api.UserException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Something that a component promises, and how to find out whether it holds.
 *
 * @param words continues "it promises that …"
 * @param trial throws where the promise is broken, through {@link #require} or by itself
 */
record Promise(String words, Trial trial) {
  /** Finds out. */
  @FunctionalInterface
  interface Trial {
    void run() throws Exception;
  }

  /** What was found where a promise is broken. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String found) {
      super(found);
    }
  }

  /** Ends a trial where what was promised is not what is there. */
  static void require(boolean kept, String found) {
    if (!kept) {
      throw new Broken(found);
    }
  }

  /** Ends a trial that says nothing about this component. */
  static void applies(boolean applies, String otherwise) {
    Assumptions.assumeTrue(applies, otherwise);
  }

  /** The promise as a test; of faults that are not a finding the trace is kept. */
  DynamicTest test(String subject) {
    return DynamicTest.dynamicTest(
        subject + ": " + words,
        () -> {
          try {
            trial.run();
          } catch (Broken broken) {
            throw new AssertionError(message(subject, broken.getMessage()));
          } catch (org.opentest4j.TestAbortedException skipped) {
            throw skipped;
          } catch (UserException refused) {
            throw new AssertionError(message(subject, "refusal: " + refused.getMessage()), refused);
          } catch (Exception | LinkageError fault) {
            throw new AssertionError(message(subject, fault.toString()), fault);
          }
        });
  }

  private String message(String subject, String found) {
    return subject + " promises that " + words + "; found: " + found;
  }
}
