package juxta.launcher.whole;

import java.nio.file.Path;
import juxta.launcher.plugins.PluginJars;

/**
 * A stranger's plug-in with two stops of the tour: {@code gap} asks for an evaluator that nobody
 * has, {@code quick} works. Neither trains; what they embed are the pixels.
 */
final class Toured {
  private static final String SOURCE =
      """
      package toured;

      import java.util.List;
      import java.util.Map;
      import java.util.Optional;
      import juxta.api.*;
      import org.tensorflow.op.Ops;
      import org.tensorflow.types.TFloat32;

      public final class %1$s implements Method {
        @Override
        public String id() {
          return "%2$s";
        }

        @Override
        public String summary() {
          return "the pixels <b>as they are</b>";
        }

        @Override
        public boolean usesEncoder() {
          return false;
        }

        @Override
        public Map<String, String> preset(String name, DataSummary data) {
          return Map.of("batch", "8", "epochs", "0");
        }

        @Override
        public Optional<Tour> tour() {
          Map<String, String> few =
              Map.of("data.train-size", "40", "data.test-size", "20", "data.side", "8", "%3$s.k", "3");
          return Optional.of(new Tour("shapes", List.of("%3$s"), few, 2));
        }

        @Override
        public Plan plan(Setup setup) {
          Field image = setup.data().train().field(Field.IMAGE);
          return new Plan(
              List.of(),
              List.of(
                  new ModelFunction(
                      ModelFunction.EMBED,
                      List.of(image),
                      (scope, batch) -> {
                        Ops tf = scope.tf();
                        return Map.of(
                            ModelFunction.EMBEDDING,
                            tf.reshape(
                                tf.dtypes.cast(batch.bytes(Field.IMAGE), TFloat32.class),
                                tf.constant(new int[] {-1, 192})));
                      })));
        }
      }
      """;

  private Toured() {}

  /** Puts the plug-in among the others. */
  static void addTo(Shell shell) {
    Path jar = shell.plugins().resolve("toured.jar");
    PluginJars.module("toured", "1.0")
        .directive("requires juxta.toolkit;")
        .provider("juxta.api.Method", "toured.Gap, toured.Quick")
        .source("toured.Gap", SOURCE.formatted("Gap", "gap", "no-such"))
        .source("toured.Quick", SOURCE.formatted("Quick", "quick", "knn"))
        .writeTo(jar);
  }
}
