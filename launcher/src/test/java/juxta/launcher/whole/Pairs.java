package juxta.launcher.whole;

import java.nio.file.Path;
import juxta.launcher.plugins.PluginJars;

/**
 * A plug-in with the method {@code pairs}, which learns from images with texts within a second: a
 * linear layer on the pixels learns which words stand in the text. The vector of a text is made of
 * its words, less those that most texts have.
 */
final class Pairs {
  /** Its command line. */
  static final String TRAIN =
      "train pairs --data dental --set data.size=48 --set data.train-size=60"
          + " --set data.validation-size=6 --set data.test-size=24 --threads 1";

  private static final String SOURCE =
      """
      package pairs;

      import java.util.*;
      import juxta.api.*;
      import juxta.toolkit.data.*;
      import juxta.toolkit.graph.Tensors;
      import juxta.toolkit.nn.Linear;
      import juxta.toolkit.optim.*;
      import org.tensorflow.Operand;
      import org.tensorflow.op.Ops;
      import org.tensorflow.types.TFloat32;

      public final class Pairs implements Method {
        private static final String WORDS =
            "female male patient with young adult middle-aged older healthy gingivitis"
                + " stage i ii iii iv periodontitis";

        @Override
        public String id() {
          return "pairs";
        }

        @Override
        public String summary() {
          return "words of a text from the pixels of its image";
        }

        @Override
        public Set<DataKind> kinds() {
          return Set.of(DataKind.IMAGES_WITH_TEXT);
        }

        @Override
        public boolean usesEncoder() {
          return false;
        }

        @Override
        public Map<String, String> preset(String name, DataSummary data) {
          return Map.of("batch", "30", "epochs", "60");
        }

        @Override
        public Plan plan(Setup setup) {
          Split train = setup.data().train();
          List<String> texts = new ArrayList<>();
          for (int i = 0; i < train.size(); i++) {
            texts.add(train.value(Field.TEXT, i).text());
          }
          Bags bags = new Bags(List.of(WORDS.split(" ")), texts);
          Sampler sampler = Samplers.shuffled("train", train.size(), setup.batch());
          TrainingPhase phase =
              TrainingPhase.of(
                  sampler.stepsPerEpoch() * setup.epochs(),
                  sampler,
                  Map.of(TrainingPhase.LEARNING_RATE, Schedule.constant(3e-3)),
                  context -> step(context, bags, texts));
          Field image = train.field(Field.IMAGE);
          ModelFunction embed =
              new ModelFunction(
                  ModelFunction.EMBED,
                  List.of(image),
                  (scope, batch) ->
                      Map.of(ModelFunction.EMBEDDING, words(scope, batch, image, bags.width())));
          ModelFunction embedText =
              new ModelFunction(
                  ModelFunction.EMBED_TEXT,
                  List.of(Field.of(Field.TEXT, FieldType.TEXT)),
                  (scope, batch) ->
                      Map.of(ModelFunction.EMBEDDING, scope.tf().identity(batch.floats("bag"))),
                  Optional.of(bags));
          return Plan.of(phase, List.of(embed, embedText));
        }

        private static Step step(StepContext context, Bags bags, List<String> texts) {
          GraphScope scope = context.scope();
          Ops tf = scope.tf();
          Operand<TFloat32> wanted = context.feed("bags", TFloat32.class, -1, bags.width());
          Field image = Field.of(Field.IMAGE, FieldType.UINT8, 48, 48, 3);
          Operand<TFloat32> seen = words(scope, context.batch(), image, bags.width());
          Operand<TFloat32> loss =
              tf.math.mean(tf.math.square(tf.math.sub(seen, wanted)), scope.ints(0, 1));
          Adam.of(WeightDecay.NONE).minimize(scope, loss);
          return Step.of(loss)
              .with(Step.EMBEDDING, seen)
              .driven(
                  List.of(),
                  (runner, batch) -> {
                    int[] records = batch.get(Sampler.MAIN);
                    float[] all = new float[records.length * bags.width()];
                    for (int i = 0; i < records.length; i++) {
                      System.arraycopy(
                          bags.of(texts.get(records[i])), 0, all, i * bags.width(), bags.width());
                    }
                    long[] shape = {records.length, bags.width()};
                    runner.train(Map.of("bags", Tensors.floats(shape, all)));
                  });
        }

        private static Operand<TFloat32> words(
            GraphScope scope, Batch batch, Field image, int width) {
          Ops tf = scope.tf();
          int pixels = (int) image.elements();
          Operand<TFloat32> x =
              tf.reshape(
                  tf.dtypes.cast(batch.bytes(Field.IMAGE), TFloat32.class),
                  tf.constant(new int[] {-1, pixels}));
          x = tf.math.div(tf.math.sub(x, scope.constant(100)), scope.constant(2000));
          return new Linear(scope.sub("layer"), pixels, width, true).apply(x);
        }

        /** Which words stand in a text. */
        private static final class Bags implements Preparation {
          private final List<String> words;
          private final float[] mean;

          Bags(List<String> words, List<String> texts) {
            this.words = words;
            this.mean = new float[words.size()];
            for (String text : texts) {
              for (int id : ids(text)) {
                mean[id] += 1f / texts.size();
              }
            }
          }

          private int[] ids(String text) {
            return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z-]+"))
                .mapToInt(words::indexOf)
                .filter(id -> id >= 0)
                .toArray();
          }

          int width() {
            return mean.length;
          }

          float[] of(String text) {
            float[] bag = new float[width()];
            for (int id : ids(text)) {
              bag[id] = 1 - mean[id];
            }
            return bag;
          }

          @Override
          public List<Field> fields() {
            return List.of(Field.of("bag", FieldType.FLOAT32, width()));
          }

          @Override
          public Map<String, Value> of(Map<String, Value> record) {
            float[] bag = of(record.get(Field.TEXT).text());
            return Map.of("bag", Tensors.floats(new long[] {width()}, bag));
          }

          @Override
          public Optional<String> objection(Map<String, Value> record) {
            return ids(record.get(Field.TEXT).text()).length > 0
                ? Optional.empty()
                : Optional.of(
                    "no word of this description is known to the model; it knows words such as "
                        + String.join(
                            ", ",
                            words.stream()
                                .filter(w -> w.matches("[a-z]{3,}"))
                                .limit(8)
                                .toList()));
          }
        }
      }
      """;

  private Pairs() {}

  /** Puts the plug-in among the others. */
  static void addTo(Shell shell) {
    Path jar = shell.plugins().resolve("pairs.jar");
    PluginJars.module("pairs", "1.0")
        .directive("requires juxta.toolkit;")
        .provider("juxta.api.Method", "pairs.Pairs")
        .source("pairs.Pairs", SOURCE)
        .writeTo(jar);
  }
}
