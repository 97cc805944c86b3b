package juxta.plugin.spps;

import java.nio.charset.StandardCharsets;
import juxta.api.Setup;
import juxta.api.TaskContext;
import juxta.toolkit.io.Digest;

/** A hash of the encoder that mines, so that pairs say whose they are. */
final class Checksum {
  private Checksum() {}

  /** SHA-256 over names and values of all parameters, hexadecimal. */
  static String of(TaskContext task, Setup setup) {
    Digest digest = Digest.sha256();
    for (String name : ReferenceWeights.parameters(setup).keySet()) {
      digest.add(name.getBytes(StandardCharsets.UTF_8));
      digest.add(task.read(Spps.REFERENCE + "." + name).data());
    }
    return digest.hex();
  }
}
