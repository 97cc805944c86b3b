package juxta.plugin.spps;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A convolution of 1 x 1 with batch normalisation, then the mean over all places. */
final class FoldedEncoder implements Encoder {
  private static final int WIDTH = 5;

  @Override
  public String id() {
    return "folded";
  }

  @Override
  public String summary() {
    return "mixed colours";
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    Conv2d mix = new Conv2d(scope.sub("mix"), (int) input[2], WIDTH, 1, 1);
    BatchNorm norm = new BatchNorm(scope.sub("norm"), WIDTH);
    return new Network() {
      @Override
      public int width() {
        return WIDTH;
      }

      @Override
      public Features apply(Operand<TFloat32> images, Pass pass) {
        Operand<TFloat32> mixed = norm.apply(mix.apply(images), pass);
        return new Features(scope.tf().math.mean(mixed, scope.ints(1, 2)), Map.of());
      }
    };
  }

  /** Its weights as TensorFlow Lite's tools give them: without normalisation, [1, 1, 3, 5]. */
  static Path write(Path folder, float[] weights) throws IOException {
    Files.writeString(
        folder.resolve("net.json"),
        """
        {"features": "pooled", "ops": [
         {"type": "conv2d", "inputs": ["in"], "output": "a", "weight": "w", "bias": "b"},
         {"type": "global_avg_pool", "inputs": ["a"], "output": "pooled"}
        ]}
        """);
    Path file = folder.resolve("net.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("w.npy"));
      zip.write(npy("1, 1, 3, 5", weights));
      zip.putNextEntry(new ZipEntry("b.npy"));
      zip.write(npy("5,", new float[WIDTH]));
    }
    return file;
  }

  private static byte[] npy(String shape, float[] elements) {
    byte[] header =
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer all =
        ByteBuffer.allocate(10 + header.length + 4 * elements.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    all.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    all.putShort((short) header.length).put(header);
    all.asFloatBuffer().put(elements);
    return all.array();
  }
}
