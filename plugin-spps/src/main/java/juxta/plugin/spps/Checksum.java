package juxta.plugin.spps;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import juxta.api.Setup;
import juxta.api.TaskContext;

/** A hash of the encoder that mines, so that pairs say whose they are. */
final class Checksum {
  private Checksum() {}

  /** SHA-256 over names and values of all parameters, hexadecimal. */
  static String of(TaskContext task, Setup setup) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
    for (String name : ReferenceWeights.parameters(setup).keySet()) {
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update(task.read(Spps.REFERENCE + "." + name).data());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
