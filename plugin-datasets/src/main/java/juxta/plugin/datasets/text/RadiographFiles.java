package juxta.plugin.datasets.text;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import juxta.picture.ImageSize;
import juxta.picture.PictureForm;
import juxta.picture.PictureForm.Fit;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.picture.DeepHint;
import juxta.toolkit.picture.FileFact;
import juxta.toolkit.picture.FileFacts;
import juxta.toolkit.picture.PictureFiles;
import juxta.toolkit.picture.PictureReading;
import juxta.toolkit.picture.Pixels;

/**
 * Reads radiographs as colour squares of one size: resized without keeping proportions, grey copied
 * to three channels, inverted ones turned round. Files that are new or changed are read at opening.
 *
 * @param side pixels along each edge
 * @param reading how files are decoded
 * @param facts what is known about the files
 */
record RadiographFiles(int side, PictureReading reading, FileFacts facts) {
  /**
   * Checks all files and keeps the decoded pictures if they fit into memory.
   *
   * @param all the records
   * @param fingerprint takes what the files hold, in the order of the records
   * @return gives the pixels of a record, [side, side, 3]
   * @throws juxta.api.UserException naming the files that cannot be read
   */
  IntFunction<byte[]> open(List<Radiograph> all, Fingerprint fingerprint) {
    boolean keep = Pixels.fits(3L * side * side * all.size());
    AtomicReferenceArray<byte[]> kept = new AtomicReferenceArray<>(all.size());
    List<Path> files = all.stream().map(Radiograph::file).toList();
    List<FileFact> found =
        facts.of(
            files,
            (i, content) -> {
              if (keep) {
                kept.set(i, decode(all.get(i), content));
              }
            });
    found.forEach(fact -> fingerprint.add("image", fact.digest()));
    DeepHint.give(files, found, reading);
    facts.keep();
    IntFunction<byte[]> decode = i -> decode(all.get(i), PictureFiles.content(all.get(i).file()));
    return keep ? Pixels.keepOnceMade(kept, decode) : decode;
  }

  private byte[] decode(Radiograph record, byte[] bytes) {
    return form(record.inverted()).fitted(reading.decode(record.file(), bytes)).rgb();
  }

  /** How the data hold a picture. */
  PictureForm form(boolean inverted) {
    return reading.form(new ImageSize(side, side), Fit.STRETCHED).negative(inverted);
  }
}
