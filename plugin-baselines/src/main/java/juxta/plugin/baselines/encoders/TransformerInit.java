package juxta.plugin.baselines.encoders;

import juxta.api.Initializer;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.types.TFloat32;

/** First values of a transformer's matrices. */
enum TransformerInit {
  /** Xavier uniform, as MoCo v3 and PatchMix do. */
  XAVIER {
    @Override
    Initializer<TFloat32> weight(int parts) {
      return Initializers.xavierUniform(parts);
    }

    @Override
    Initializer<TFloat32> patches(int patch, int channels, int width) {
      // fans of the matrix that maps a flattened patch, not of a convolution
      return Initializers.uniform(Math.sqrt(6.0 / (patch * patch * channels + width)));
    }
  },
  /** A normal distribution of deviation 0.02, as timm and DINO do. */
  NORMAL {
    @Override
    Initializer<TFloat32> weight(int parts) {
      return Initializers.truncatedNormal(0.02);
    }

    @Override
    Initializer<TFloat32> patches(int patch, int channels, int width) {
      return Initializers.pytorch();
    }
  };

  /** For a linear layer that is {@code parts} matrices side by side. */
  abstract Initializer<TFloat32> weight(int parts);

  /** For the patch embedding. */
  abstract Initializer<TFloat32> patches(int patch, int channels, int width);
}
