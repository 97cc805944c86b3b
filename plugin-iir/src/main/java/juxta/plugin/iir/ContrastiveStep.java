package juxta.plugin.iir;

import java.util.List;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.View;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.SoftCrossEntropy;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.nn.Linear;
import juxta.toolkit.optim.AdamW;
import juxta.toolkit.optim.WeightDecay;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A step of contrastive pre-training with NT-Xent (Chen et al. 2020): two views of each image, a
 * head of two layers on the mean of the feature map, softmax over cosines.
 */
final class ContrastiveStep {
  /** Place of the head, which nothing but this phase uses. */
  private static final String HEAD = "projection";

  private ContrastiveStep() {}

  static Step build(Setup setup, int batch, StepContext context) {
    GraphScope scope = context.scope();
    Ops tf = scope.tf();
    Settings s = setup.settings();
    Network f = setup.encoder(scope.sub(DescriptorNetwork.ENCODER));
    Linear hidden = new Linear(scope.sub(HEAD + ".0"), f.width(), f.width(), true);
    Linear out = new Linear(scope.sub(HEAD + ".2"), f.width(), s.get(IirSettings.PROJECTION), true);
    // view 0 is that of fine-tuning, whose crops are large
    Operand<TFloat32> views = // [2B, H, W, C], view-major
        tf.concat(
            List.of(
                setup.view(scope, context.batch(), View.global(1)).image(),
                setup.view(scope, context.batch(), View.global(2)).image()),
            tf.constant(0));
    Operand<TFloat32> h = f.apply(views, pass(s)).embedding(); // [2B, D]
    Operand<TFloat32> z = out.apply(tf.nn.relu(hidden.apply(h))); // [2B, out]
    Operand<TFloat32> logits =
        tf.math.div(
            Similarity.cosine(scope, z, z),
            scope.constant(s.get(IirSettings.TEMPERATURE).floatValue()));
    Operand<TFloat32> loss =
        SoftCrossEntropy.apply(
            scope,
            SoftCrossEntropy.without(scope, logits, Targets.excludeSelf(scope, 2 * batch)),
            Targets.otherView(scope, batch));
    AdamW.of(WeightDecay.of(s.get(IirSettings.CONTRAST_DECAY))).minimize(scope, loss);
    return Step.of(loss).with(Step.EMBEDDING, h);
  }

  private static Pass pass(Settings s) {
    boolean stored =
        switch (s.get(IirSettings.CONTRAST_NORM)) {
          case "batch" -> false;
          case "stored" -> true;
          default -> IirSettings.file(s).isPresent();
        };
    return stored ? Pass.INFERENCE : Pass.TRAINING;
  }
}
