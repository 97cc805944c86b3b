package juxta.plugin.baselines.evaluators;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.volume.Extent;
import juxta.toolkit.volume.Spacing;

/**
 * A scan with its true mask, as large as it is: records are filled up with 0 at the end of each
 * axis, so that all have one shape.
 *
 * @param name what it is called
 * @param extent X, Y and Z
 * @param spacing millimetres between voxels
 * @param scan [X, Y, Z, channels]
 * @param truth [X, Y, Z] class indices
 */
record VolumeCase(String name, Extent extent, Spacing spacing, float[] scan, byte[] truth) {
  /** Field of int32 [3]: voxels that the scan has along each axis. */
  static final String EXTENT = "extent";

  /** Field of float32 [3]: millimetres between voxels. */
  static final String SPACING = "spacing";

  /** Field of text: what the case is called. */
  static final String CASE = "case";

  static VolumeCase of(Split split, int record) {
    String name = name(split, record);
    Extent extent = extent(split, record);
    float[] mm = Tensors.floats(split.value(SPACING, record));
    Value volume = split.value(Field.VOLUME, record);
    Value mask = split.value(Field.MASK, record);
    try {
      return new VolumeCase(
          name,
          extent,
          new Spacing(mm[0], mm[1], mm[2]),
          scan(volume, extent),
          truth(mask, extent));
    } catch (IllegalArgumentException e) {
      throw new UserException("case '" + name + "': " + e.getMessage(), e);
    }
  }

  static String name(Split split, int record) {
    return split.has(CASE) ? split.value(CASE, record).text() : Integer.toString(record);
  }

  static Extent extent(Split split, int record) {
    int[] axes = Tensors.ints(split.value(EXTENT, record));
    try {
      return new Extent(axes[0], axes[1], axes[2]);
    } catch (IllegalArgumentException e) {
      throw new UserException("case '" + name(split, record) + "': " + e.getMessage(), e);
    }
  }

  private static float[] scan(Value volume, Extent extent) {
    Extent stored = stored(volume, extent);
    int channels = Math.toIntExact(volume.shape().get(3));
    float[] scan = new float[Math.multiplyExact(extent.voxels(), channels)];
    FloatBuffer all = volume.data().asFloatBuffer();
    for (int x = 0; x < extent.x(); x++) {
      for (int y = 0; y < extent.y(); y++) {
        all.get(
            stored.index(x, y, 0) * channels,
            scan,
            extent.index(x, y, 0) * channels,
            extent.z() * channels);
      }
    }
    return scan;
  }

  private static byte[] truth(Value mask, Extent extent) {
    Extent stored = stored(mask, extent);
    byte[] truth = new byte[extent.voxels()];
    ByteBuffer all = mask.data();
    for (int x = 0; x < extent.x(); x++) {
      for (int y = 0; y < extent.y(); y++) {
        all.get(stored.index(x, y, 0), truth, extent.index(x, y, 0), extent.z());
      }
    }
    return truth;
  }

  private static Extent stored(Value value, Extent extent) {
    List<Integer> shape = value.shape().stream().map(Math::toIntExact).toList();
    Extent stored = new Extent(shape.get(0), shape.get(1), shape.get(2));
    if (extent.x() > stored.x() || extent.y() > stored.y() || extent.z() > stored.z()) {
      throw new IllegalArgumentException(
          "it says that it has " + extent + " voxels, but holds " + stored);
    }
    return stored;
  }
}
