/** The command line of Juxta: plug-in layers, compare harness, reports and search page. */
module juxta.launcher {
  requires juxta.api;
  requires juxta.engine;
  requires juxta.search;
  requires juxta.toolkit;
  requires com.google.common; // Guice needs it and, having no descriptor, cannot say so
  requires com.google.guice;
  requires jakarta.inject;
  requires org.apache.commons.cli;
  requires org.apache.commons.statistics.distribution;
  requires com.fasterxml.jackson.databind;
  requires org.snakeyaml.engine;
  requires java.compiler; // knows which names Java allows
  requires java.desktop; // opens a page in the browser
  requires java.logging;
  requires java.management; // with which options of Java this process was started

  opens juxta.launcher.cli to
      com.google.guice,
      com.fasterxml.jackson.databind;
  // records that JSON is read into and written from
  opens juxta.launcher.fetch to
      com.fasterxml.jackson.databind;
  opens juxta.launcher.plugins to
      com.fasterxml.jackson.databind;
  opens juxta.launcher.preview to
      com.fasterxml.jackson.databind;
  opens juxta.launcher.report to
      com.fasterxml.jackson.databind;
  opens juxta.launcher.run to
      com.fasterxml.jackson.databind;
  opens juxta.launcher.search to
      com.fasterxml.jackson.databind;
  opens juxta.launcher.serve to
      com.fasterxml.jackson.databind;

  uses juxta.api.Augmentation;
  uses juxta.api.DatasetProvider;
  uses juxta.api.Encoder;
  uses juxta.api.Evaluator;
  uses juxta.api.Loss;
  uses juxta.api.Method;
}
