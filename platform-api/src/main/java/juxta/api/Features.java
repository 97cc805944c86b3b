package juxta.api;

import java.util.Map;
import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What an encoder makes of a batch.
 *
 * @param embedding [B, D], pooled
 * @param maps further tensors by name, for example {@link #FEATURE_MAP}
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Features(Operand<TFloat32> embedding, Map<String, Operand<TFloat32>> maps) {
  /** Name of the last spatial map before pooling, [B, h, w, D]. */
  public static final String FEATURE_MAP = "featureMap";

  /**
   * Name of an early map of finer resolution, [B, H, W, d] with H > h, which decoders of pixels
   * take beside the last one.
   */
  public static final String LOW_LEVEL = "lowLevel";

  /** Name of the final token sequence of a transformer, [B, T, D]. */
  public static final String TOKENS = "tokens";

  /**
   * Copies.
   *
   * @param embedding see the record
   * @param maps see the record
   */
  public Features {
    maps = Map.copyOf(maps);
  }

  /**
   * A further tensor.
   *
   * @param name its name
   * @return the tensor
   * @throws UserException if this encoder does not make it
   */
  public Operand<TFloat32> map(String name) {
    Operand<TFloat32> map = maps.get(name);
    if (map == null) {
      throw new UserException(
          "the encoder makes no '"
              + name
              + "'; choose one that does (it makes "
              + maps.keySet()
              + ")");
    }
    return map;
  }
}
