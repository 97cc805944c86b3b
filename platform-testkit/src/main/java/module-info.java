/**
 * Contract tests that any plug-in runs against itself; {@link juxta.testkit.PluginContract} is all
 * that a plug-in author needs.
 */
module juxta.testkit {
  requires transitive com.fasterxml.jackson.databind;
  requires transitive juxta.api;
  requires juxta.toolkit;
  requires transitive org.junit.jupiter.api;

  exports juxta.testkit;

  uses juxta.api.Augmentation;
  uses juxta.api.DatasetProvider;
  uses juxta.api.Encoder;
  uses juxta.api.Evaluator;
  uses juxta.api.Loss;
  uses juxta.api.Method;
}
