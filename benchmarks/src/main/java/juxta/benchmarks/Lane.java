package juxta.benchmarks;

/** A contender: does one training step when asked. */
interface Lane extends AutoCloseable {
  /** Its name in tables. */
  String name();

  /** Does one step. */
  Sample step();

  @Override
  void close();

  /**
   * One step.
   *
   * @param millis how long it took
   * @param cpu processor time of all threads in milliseconds, which load changes little
   * @param loss its loss
   */
  record Sample(double millis, double cpu, double loss) {}
}
