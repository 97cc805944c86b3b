package juxta.plugin.baselines.evaluators;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import juxta.api.UserException;
import juxta.toolkit.volume.Nifti;
import juxta.toolkit.volume.Regrid;
import juxta.toolkit.volume.VolumeCase;

/** A folder of predicted masks, one file a case, to be laid over the scans in a viewer. */
final class VolumePredictions {
  /** With the ending and a number still short enough for any file system. */
  private static final int LONGEST = 100;

  private final Path folder;
  private final Set<String> taken = new HashSet<>();

  VolumePredictions(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserException("cannot make the folder " + folder + "; check its permissions", e);
    }
  }

  /** Writes [X, Y, Z] class indices of the case, on the grid of the file that it came from. */
  void write(VolumeCase one, byte[] mask) {
    byte[] whole = Regrid.nearest(mask, one.grid(), one.source());
    Nifti.writeMask(folder.resolve(file(one.name())), one.source(), whole);
  }

  /**
   * A name of its own in the folder. A case may be called anything: what is not a letter of ASCII,
   * a digit, a dot, a dash or an underscore becomes an underscore, and so does a dot in front.
   */
  String file(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_");
    String start = plain.isEmpty() ? "_" : plain.substring(0, Math.min(LONGEST, plain.length()));
    String free = start;
    for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = start + "-" + i; // not all file systems tell small letters from capitals
    }
    return free + ".nii.gz";
  }
}
