package juxta.launcher.plugins;

import juxta.engine.catalogue.Fault;

/** Ends the loading of one plug-in; never leaves this package. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  Refusal(String jar, String cause, String remedy) {
    this(new Fault(jar, cause, remedy));
  }

  Refusal(Fault fault) {
    super(fault.toString());
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
