package juxta.plugin.baselines.evaluators;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import juxta.toolkit.io.AtomicFile;

/** A file that an evaluator leaves beside its scores. */
final class LeftFile {
  private LeftFile() {}

  static void write(Path file, byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    AtomicFile.write(
        file,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }
}
