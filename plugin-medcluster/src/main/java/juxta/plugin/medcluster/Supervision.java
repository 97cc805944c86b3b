package juxta.plugin.medcluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Pass;
import juxta.api.Setting;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.View;
import juxta.toolkit.contrast.SoftCrossEntropy;
import juxta.toolkit.metrics.Classification;
import juxta.toolkit.nn.Linear;
import juxta.toolkit.optim.Adam;
import juxta.toolkit.optim.WeightDecay;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What the supervised comparison rows have in common: a linear classifier on an encoder's features,
 * cross-entropy, Adam, the weights of the best validation accuracy, and the predicted class in the
 * place of a cluster, so that evaluators of clusters score it too.
 */
final class Supervision {
  /**
   * {@code image} uint8 [B, H, W, C] to {@code probabilities} [B, classes] and {@code class} [B].
   */
  static final String CLASSIFY = "classify";

  static final String CLASSIFIER = "classifier";

  static final Setting<Double> RATE =
      Setting.real("rate", 1e-3)
          .range(0, 1)
          .describe("learning rate of Adam")
          .source("own choice; the abstract says no more than 'supervised'");

  private Supervision() {}

  /**
   * The records that have a label.
   *
   * @throws UserException if there are too few for a batch, or no classes
   */
  static int[] labelled(Setup setup, String method) {
    Split train = setup.data().train();
    if (!train.has(Field.LABEL) || setup.data().classes().size() < 2) {
      throw new UserException(
          method
              + ": the data '"
              + setup.data().id()
              + "' have no class labels; choose data that have, or a method without labels");
    }
    int[] labelled = withLabels(train);
    if (labelled.length < setup.batch()) {
      throw new UserException(
          method
              + ": "
              + labelled.length
              + " labelled records of '"
              + setup.data().id()
              + "' do not fill a batch of "
              + setup.batch()
              + "; pass a smaller --batch");
    }
    return labelled;
  }

  static int[] withLabels(Split split) {
    return IntStream.range(0, split.size()).filter(i -> label(split, i) >= 0).toArray();
  }

  static int label(Split split, int record) {
    return split.value(Field.LABEL, record).number();
  }

  /** The classifier, [D] to [classes]. */
  static Linear classifier(Setup setup, GraphScope root, int width) {
    return new Linear(root.sub(CLASSIFIER), width, setup.data().classes().size(), true);
  }

  /**
   * A step that trains whatever the scores depend on.
   *
   * @param setup the run
   * @param scope root of the graph
   * @param features [B, D]
   * @param labels [B]
   */
  static Step step(
      Setup setup, GraphScope scope, Operand<TFloat32> features, Operand<TInt32> labels) {
    Ops tf = scope.tf();
    int classes = setup.data().classes().size();
    Operand<TFloat32> scores = // [B, classes]
        classifier(setup, scope, (int) features.shape().get(1)).apply(features);
    Operand<TFloat32> truth =
        tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> loss = SoftCrossEntropy.apply(scope, scores, truth);
    Adam.of(WeightDecay.NONE).minimize(scope, loss);
    Operand<TInt32> chosen = tf.math.argMax(scores, tf.constant(1), TInt32.class); // [B]
    Operand<TFloat32> right = tf.dtypes.cast(tf.math.equal(chosen, labels), TFloat32.class);
    return Step.of(loss).with("accuracy", tf.math.mean(right, scope.ints(0)));
  }

  /** {@code classify}, and {@code assign} with the class as the cluster. */
  static List<ModelFunction> functions(Setup setup) {
    Field stored = setup.data().train().field(Field.IMAGE);
    return List.of(
        new ModelFunction(
            CLASSIFY,
            List.of(stored),
            (root, batch) -> {
              Operand<TFloat32> scores = scores(setup, root, batch);
              return Map.of(
                  Functions.PROBABILITIES,
                  root.tf().nn.softmax(scores),
                  Functions.CLASS,
                  chosen(root, scores));
            }),
        new ModelFunction(
            Functions.ASSIGN,
            List.of(stored),
            (root, batch) -> Map.of(Functions.CLUSTER, chosen(root, scores(setup, root, batch)))));
  }

  private static Operand<TFloat32> scores(Setup setup, GraphScope root, Batch batch) {
    Operand<TFloat32> x = setup.view(root, batch, View.EVALUATION).image();
    juxta.api.Network f = setup.encoder(root.sub(Autoencoder.ENCODER));
    return classifier(setup, root, f.width()).apply(f.apply(x, Pass.INFERENCE).embedding());
  }

  private static Operand<TFloat32> chosen(GraphScope root, Operand<TFloat32> scores) {
    Operand<TInt32> chosen = root.tf().math.argMax(scores, root.tf().constant(1), TInt32.class);
    return root.tf().dtypes.cast(chosen, TFloat32.class);
  }

  /**
   * The same phase, ending with the weights of the best accuracy on the validation split, measured
   * after each epoch; unchanged where the data have no labelled one.
   *
   * @param setup the run
   * @param phase the phase
   * @param probabilities what is scored: a row for each record of the split
   */
  static TrainingPhase watched(
      Setup setup, TrainingPhase phase, Function<TaskContext, Matrix> probabilities) {
    Optional<Split> held =
        Optional.ofNullable(setup.data().splits().get(Dataset.VALIDATION))
            .filter(split -> split.has(Field.LABEL) && withLabels(split).length > 0);
    if (held.isEmpty()) {
      return phase;
    }
    Function<TaskContext, Double> measure =
        context -> accuracy(probabilities.apply(context), held.get());
    return phase.validatedBy(
        new TrainingPhase.Validation(phase.sampler().stepsPerEpoch(), measure, false, true, 0));
  }

  private static double accuracy(Matrix scores, Split split) {
    int[] records = withLabels(split);
    float[] own = new float[records.length * scores.columns()];
    int[] labels = new int[records.length];
    for (int i = 0; i < records.length; i++) {
      System.arraycopy(scores.row(records[i]), 0, own, i * scores.columns(), scores.columns());
      labels[i] = label(split, records[i]);
    }
    return Classification.topAccuracy(new Matrix(records.length, scores.columns(), own), labels, 1);
  }
}
