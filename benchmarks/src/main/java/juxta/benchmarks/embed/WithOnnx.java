package juxta.benchmarks.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import juxta.inference.Embedder;
import juxta.inference.Options;

/**
 * A program that embeds pictures with {@code juxta.inference}; nothing else is on its class path.
 */
public final class WithOnnx {
  private WithOnnx() {}

  /**
   * Embeds.
   *
   * @param args the exported folder, a file that lists pictures, where the embeddings go as
   *     float32, threads of one operation
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    List<Path> pictures = Files.readAllLines(Path.of(args[1])).stream().map(Path::of).toList();
    Options options = Options.DEFAULTS.threads(Integer.parseInt(args[3]));
    try (Embedder model = Embedder.open(Path.of(args[0]), options);
        FileChannel out =
            FileChannel.open(
                Path.of(args[2]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (float[] vector : model.embed(pictures)) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        out.write(bytes);
      }
    }
    Figures.print();
  }
}
