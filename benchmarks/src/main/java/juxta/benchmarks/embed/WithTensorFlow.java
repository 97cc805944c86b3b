package juxta.benchmarks.embed;

import java.io.IOException;
import java.nio.file.Path;

/** What {@code juxta embed RUN --data D} does, without the command line and its plug-in layers. */
public final class WithTensorFlow {
  private WithTensorFlow() {}

  /**
   * Embeds.
   *
   * @param args id of the encoder, side, threads of one operation, folder of the run, folder of
   *     pictures, folder of what is kept of them, where the embeddings go
   * @throws IOException if the figures of this process cannot be read
   */
  public static void main(String[] args) throws IOException {
    new Subject(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]))
        .embed(Path.of(args[3]), Path.of(args[4]), Path.of(args[5]), Path.of(args[6]));
    Figures.print();
  }
}
