/**
 * What runs a plan: settings resolved with their origins, feeds, sessions, devices, checkpoints,
 * records and export; nothing of a command line.
 */
module juxta.engine {
  requires transitive juxta.api;
  requires juxta.toolkit;
  requires com.fasterxml.jackson.databind;
  requires com.google.protobuf;

  exports juxta.engine.catalogue;
  exports juxta.engine.cluster;
  exports juxta.engine.embed;
  exports juxta.engine.export;
  exports juxta.engine.hardware;
  exports juxta.engine.preview;
  exports juxta.engine.run;
  exports juxta.engine.train;

  // the records that a run's files are read into and written from
  opens juxta.engine.run to
      com.fasterxml.jackson.databind;
  // the records that the state of a file is read into and written from
  opens juxta.engine.embed to
      com.fasterxml.jackson.databind;

  uses juxta.api.Augmentation;
  uses juxta.api.DatasetProvider;
  uses juxta.api.Encoder;
  uses juxta.api.Evaluator;
  uses juxta.api.Loss;
  uses juxta.api.Method;

  opens juxta.engine.export to
      com.fasterxml.jackson.databind;
}
