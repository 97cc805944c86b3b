package juxta.testkit;

import java.util.Map;
import juxta.engine.train.Monitor;

/** Checks what it is told. */
final class Attentive implements Monitor {
  @Override
  public void phase(String phase, long steps, long done, long records) {}

  @Override
  public void step(String phase, long step, double epoch, Map<String, Double> scalars) {}

  @Override
  public void progress(long done, long total, String unit) {
    Promise.require(done <= total, "progress of " + done + " " + unit + " out of " + total);
  }

  @Override
  public void warn(String message) {}

  @Override
  public void end() {}
}
