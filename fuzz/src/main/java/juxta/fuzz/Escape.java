package juxta.fuzz;

import java.nio.file.Path;

/**
 * An input that did not end as it must.
 *
 * @param target the reader
 * @param number of the input
 * @param what what happened
 * @param file where the input lies
 */
record Escape(String target, int number, String what, Path file) {
  @Override
  public String toString() {
    return target + ", input " + number + " (" + file + "): " + what;
  }
}
