/** What method authors build with: layers, optimisers, schedules, image operations, metrics. */
module juxta.toolkit {
  requires transitive juxta.api;
  requires transitive juxta.text;
  requires com.fasterxml.jackson.databind;
  requires de.siegmar.fastcsv;
  requires java.desktop;

  exports juxta.toolkit.algebra;
  exports juxta.toolkit.clustering;
  exports juxta.toolkit.contrast;
  exports juxta.toolkit.data;
  exports juxta.toolkit.discrimination;
  exports juxta.toolkit.graph;
  exports juxta.toolkit.image;
  exports juxta.toolkit.io;
  exports juxta.toolkit.metrics;
  exports juxta.toolkit.model;
  exports juxta.toolkit.nn;
  exports juxta.toolkit.optim;
  exports juxta.toolkit.picture;
  exports juxta.toolkit.text;
  exports juxta.toolkit.volume;
}
