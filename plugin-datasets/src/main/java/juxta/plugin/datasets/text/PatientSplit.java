package juxta.plugin.datasets.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import juxta.api.Dataset;
import juxta.toolkit.io.Digest;

/** Which split a patient belongs to, so that no patient is in two. */
public final class PatientSplit {
  private PatientSplit() {}

  /**
   * By the SHA-256 of the id: about 80 of 100 patients to the training split, 10 to the validation
   * split, 10 to the test split; the same on every machine, whoever else is in the data.
   */
  public static String of(String patient) {
    byte[] hash = Digest.sha256().add(patient.getBytes(StandardCharsets.UTF_8)).bytes();
    long tenth = Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), 10);
    return tenth < 8 ? Dataset.TRAIN : tenth == 8 ? Dataset.VALIDATION : Dataset.TEST;
  }
}
