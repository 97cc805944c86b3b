/**
 * Contract tests that any plug-in runs against itself; {@link juxta.testkit.PluginContract} is all
 * that a plug-in author needs.
 */
module juxta.testkit {
  requires com.microsoft.onnxruntime;
  requires transitive com.fasterxml.jackson.databind;
  requires transitive juxta.api;
  requires juxta.engine;
  requires juxta.toolkit;
  requires transitive org.junit.jupiter.api;

  exports juxta.testkit;
}
