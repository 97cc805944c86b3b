package juxta.engine.preview;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A setup that tells which views are asked for.
 *
 * @param setup does the work
 * @param asked is told of each view
 */
record WatchedSetup(Setup setup, Consumer<View> asked) implements Setup {
  @Override
  public Settings settings() {
    return setup.settings();
  }

  @Override
  public Dataset data() {
    return setup.data();
  }

  @Override
  public DataSummary summary() {
    return setup.summary();
  }

  @Override
  public int batch() {
    return setup.batch();
  }

  @Override
  public int epochs() {
    return setup.epochs();
  }

  @Override
  public long seed() {
    return setup.seed();
  }

  @Override
  public Path artefacts() {
    return setup.artefacts();
  }

  @Override
  public Network encoder(GraphScope scope) {
    return setup.encoder(scope);
  }

  @Override
  public Batch view(GraphScope scope, Batch batch, View view) {
    asked.accept(view);
    return setup.view(scope, batch, view);
  }

  @Override
  public Operand<TFloat32> pixels(GraphScope scope, Operand<TFloat32> image) {
    return setup.pixels(scope, image);
  }

  @Override
  public int side(View.Kind kind) {
    return setup.side(kind);
  }

  @Override
  public List<Integer> lengths(View.Kind kind) {
    return setup.lengths(kind);
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    return setup.loss(scope, comparison);
  }
}
