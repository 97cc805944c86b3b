package juxta.benchmarks.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Npy;

/** Whether two files of embeddings say the same of the same pictures. */
public final class Agreement {
  private Agreement() {}

  /**
   * The least cosine between what two programs made of a picture.
   *
   * @param npy what {@code juxta embed} wrote, with its table beside it
   * @param floats float32, a row a picture
   * @param pictures the pictures of these rows
   * @param folder the folder whose files the table names
   * @return from -1 to 1
   * @throws IOException if a file cannot be read
   */
  public static double least(Path npy, Path floats, List<Path> pictures, Path folder)
      throws IOException {
    float[] ours = Tensors.floats(Npy.read(npy).value());
    ByteBuffer other = ByteBuffer.wrap(Files.readAllBytes(floats)).order(ByteOrder.LITTLE_ENDIAN);
    if (other.remaining() != 4L * ours.length || ours.length % pictures.size() != 0) {
      throw new IllegalStateException("files of " + ours.length + " and other numbers");
    }
    String table = npy.getFileName().toString().replace(".npy", ".csv");
    List<Path> rows = new ArrayList<>();
    Files.readAllLines(npy.resolveSibling(table)).stream()
        .skip(1)
        .forEach(line -> rows.add(folder.resolve(line.split(",")[2])));
    int width = ours.length / pictures.size();
    double least = 1;
    for (int row = 0; row < rows.size(); row++) {
      int at = pictures.indexOf(rows.get(row));
      double dot = 0;
      double a = 0;
      double b = 0;
      for (int i = 0; i < width; i++) {
        double x = ours[row * width + i];
        double y = other.getFloat(4 * (at * width + i));
        dot += x * y;
        a += x * x;
        b += y * y;
      }
      least = Math.min(least, dot / Math.sqrt(a * b));
    }
    return least;
  }
}
