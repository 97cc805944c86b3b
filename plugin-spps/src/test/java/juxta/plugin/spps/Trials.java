package juxta.plugin.spps;

import java.util.List;
import juxta.api.Method;
import juxta.plugin.baselines.methods.Byol;
import juxta.plugin.baselines.methods.Mocov2;
import juxta.plugin.baselines.methods.Mocov3;
import juxta.plugin.baselines.methods.Simclr;
import juxta.plugin.baselines.methods.Simsiam;

/** SPPS among methods that it can wrap: those of the baselines, and one of a stranger. */
final class Trials {
  static final List<Method> FRAMEWORKS =
      List.of(new Byol(), new Mocov2(), new Mocov3(), new Simclr(), new Simsiam(), new Stranger());

  private Trials() {}

  /** With an encoder of another architecture beside the run's. */
  static Method spps() {
    return new Spps()
        .among(FRAMEWORKS)
        .withEncoders(List.of(new OtherEncoder(), new FoldedEncoder()));
  }

  static Method framework(String id) {
    return FRAMEWORKS.stream().filter(method -> method.id().equals(id)).findFirst().orElseThrow();
  }
}
