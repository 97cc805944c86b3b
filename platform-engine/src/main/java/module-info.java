/**
 * What runs a plan: settings resolved with their origins, feeds, sessions, devices, checkpoints,
 * records and export; nothing of a command line.
 */
module juxta.engine {
  requires transitive juxta.api;
  requires juxta.toolkit;
  requires com.fasterxml.jackson.databind;

  exports juxta.engine.catalogue;
  exports juxta.engine.hardware;
  exports juxta.engine.run;
  exports juxta.engine.train;
}
