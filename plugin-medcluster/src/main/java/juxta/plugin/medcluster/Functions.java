package juxta.plugin.medcluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.ModelFunction;
import juxta.api.Pass;
import juxta.api.View;
import juxta.toolkit.model.ImageFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The functions of the model. {@code embed} and {@code encode} give h, which is what is clustered;
 * none of them has any chance in it.
 */
final class Functions {
  /** {@code image} uint8 [B, H, W, C] to {@code embedding} [B, Q]: z, as the contrast sees it. */
  static final String PROJECT = "project";

  /**
   * {@code image} uint8 [B, H, W, C] to {@code probabilities} [B, K], and as numbers [B] {@code
   * soft} and {@code hard}, the cluster by prototypes and by k-means' centres, {@code cluster}, the
   * one that the run's settings chose of them, and, where there were labels, its {@code class}.
   */
  static final String ASSIGN = "assign";

  /**
   * {@code noise} float [B, Q], drawn from N(0, 1), to a new {@code image} [B, h, w, C], its {@code
   * embedding} h and its {@code cluster}, and, where there were labels, its {@code class}.
   */
  static final String SAMPLE = "sample";

  /** {@code cluster} int32 [B] to the prototype's {@code image} and {@code embedding}. */
  static final String PROTOTYPE = "prototype";

  static final String NOISE = "noise";
  static final String CLUSTER = "cluster";
  static final String CLASS = "class";
  static final String PROBABILITIES = "probabilities";
  static final String SOFT = "soft";
  static final String HARD = "hard";

  /** Of {@code reconstruct}, beside the image: what was reconstructed, and the mean square [B]. */
  static final String VIEW = "view";

  static final String ERROR = "error";

  private final Design design;

  private Functions(Design design) {
    this.design = design;
  }

  static List<ModelFunction> of(Design design) {
    Functions functions = new Functions(design);
    Field stored = design.setup().data().train().field(Field.IMAGE);
    long side = design.image().side();
    Field view = Field.of(Field.IMAGE, FieldType.FLOAT32, side, side, design.image().channels());
    List<ModelFunction> all = new ArrayList<>();
    all.add(
        new ModelFunction(
            ModelFunction.EMBED,
            List.of(stored),
            (root, batch) ->
                embedding(functions.networks(root).embed(functions.seen(root, batch)))));
    all.add(
        new ModelFunction(
                ModelFunction.ENCODE,
                List.of(view),
                (root, batch) -> embedding(functions.networks(root).embed(batch.image())))
            .tunedBy(
                (root, batch) ->
                    embedding(functions.networks(root).embed(batch.image(), Pass.TRAINING))));
    ImageFunctions.of(design.setup(), Autoencoder.ENCODER).stream()
        .filter(function -> function.name().equals(ModelFunction.FEATURE_MAP))
        .forEach(all::add);
    all.add(new ModelFunction(PROJECT, List.of(stored), functions::project));
    all.add(new ModelFunction(ASSIGN, List.of(stored), functions::assign));
    all.add(new ModelFunction(ModelFunction.RECONSTRUCT, List.of(stored), functions::reconstruct));
    all.add(new ModelFunction(SAMPLE, List.of(noise(design)), functions::sample));
    all.add(new ModelFunction(PROTOTYPE, List.of(cluster()), functions::prototype));
    return List.copyOf(all);
  }

  static Field noise(Design design) {
    return Field.of(NOISE, FieldType.FLOAT32, design.latent());
  }

  static Field cluster() {
    return Field.of(CLUSTER, FieldType.INT32);
  }

  private Autoencoder networks(GraphScope root) {
    return new Autoencoder(root, design);
  }

  private Operand<TFloat32> seen(GraphScope root, Batch batch) {
    return design.setup().view(root, batch, View.EVALUATION).image();
  }

  private Map<String, Operand<TFloat32>> project(GraphScope root, Batch batch) {
    Autoencoder f = networks(root);
    return embedding(f.project(f.embed(seen(root, batch)), Pass.INFERENCE));
  }

  private Map<String, Operand<TFloat32>> assign(GraphScope root, Batch batch) {
    Autoencoder f = networks(root);
    Prototypes clusters = f.prototypes();
    Operand<TFloat32> h = f.embed(seen(root, batch)); // [B, Q]
    Operand<TFloat32> c = clusters.soft(h); // [B, K]
    Operand<TInt32> soft = clusters.likeliest(c); // [B]
    Operand<TInt32> hard = clusters.nearest(h); // [B]
    Map<String, Operand<TFloat32>> outputs = labels(root, softly() ? soft : hard);
    outputs.put(PROBABILITIES, c);
    outputs.put(SOFT, real(root, soft));
    outputs.put(HARD, real(root, hard));
    return outputs;
  }

  private Map<String, Operand<TFloat32>> reconstruct(GraphScope root, Batch batch) {
    Ops tf = root.tf();
    Autoencoder f = networks(root);
    Operand<TFloat32> x = tf.identity(seen(root, batch)); // [B, h, w, C]
    Operand<TFloat32> h = f.embed(x);
    Operand<TFloat32> decoded = f.decode(h, f.prototypes().soft(h), Pass.INFERENCE);
    Operand<TFloat32> error = // [B]
        tf.math.mean(tf.math.squaredDifference(decoded, x), root.ints(1, 2, 3));
    return Map.of(Field.IMAGE, decoded, VIEW, x, ERROR, error);
  }

  private Map<String, Operand<TFloat32>> sample(GraphScope root, Batch batch) {
    Autoencoder f = networks(root);
    Operand<TFloat32> noise = root.tf().identity(batch.floats(NOISE)); // [B, Q]
    boolean fitted = design.setup().settings().get(MedClusterSettings.DRAW).equals("fitted");
    Operand<TFloat32> h =
        fitted ? new LatentGaussian(root, design.latent()).draw(noise) : noise; // [B, Q]
    Operand<TFloat32> c = f.prototypes().soft(h);
    Map<String, Operand<TFloat32>> outputs =
        labels(root, softly() ? f.prototypes().likeliest(c) : f.prototypes().nearest(h));
    outputs.put(Field.IMAGE, f.decode(h, c, Pass.INFERENCE));
    outputs.put(ModelFunction.EMBEDDING, h);
    return outputs;
  }

  private Map<String, Operand<TFloat32>> prototype(GraphScope root, Batch batch) {
    Autoencoder f = networks(root);
    Operand<TFloat32> mu = f.prototypes().of(batch.ints(CLUSTER)); // [B, Q]
    return Map.of(
        Field.IMAGE,
        f.decode(mu, f.prototypes().soft(mu), Pass.INFERENCE),
        ModelFunction.EMBEDDING,
        mu);
  }

  private boolean softly() {
    return design.setup().settings().get(MedClusterSettings.ASSIGNMENT).equals(SOFT);
  }

  /** Clusters as numbers, and the classes that they stand for. */
  private Map<String, Operand<TFloat32>> labels(GraphScope root, Operand<TInt32> clusters) {
    Map<String, Operand<TFloat32>> outputs = new LinkedHashMap<>();
    outputs.put(CLUSTER, real(root, clusters));
    if (design.labelled()) {
      outputs.put(CLASS, real(root, ClusterClasses.of(root, design.room(), clusters)));
    }
    return outputs;
  }

  private static Operand<TFloat32> real(GraphScope root, Operand<TInt32> numbers) {
    return root.tf().dtypes.cast(numbers, TFloat32.class);
  }

  private static Map<String, Operand<TFloat32>> embedding(Operand<TFloat32> h) {
    return Map.of(ModelFunction.EMBEDDING, h);
  }
}
