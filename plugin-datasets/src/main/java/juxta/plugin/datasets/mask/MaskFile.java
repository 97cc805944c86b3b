package juxta.plugin.datasets.mask;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import juxta.api.Field;
import juxta.api.UserException;
import juxta.toolkit.picture.ImageSize;
import juxta.toolkit.picture.PictureFiles;
import juxta.toolkit.picture.StoredPixels;

/**
 * A decoded mask: the class of each pixel as the file numbers it.
 *
 * @param size height and width
 * @param indices row by row; 255 where no class is known
 */
record MaskFile(ImageSize size, byte[] indices) {
  private static final int BYTE = 255;

  /**
   * Decodes. Of a picture with a palette and of a grey one the stored number is the class; colours
   * are looked up.
   *
   * @param file named in errors
   * @param bytes the file's content
   * @param list the classes, where they are known
   * @throws UserException if it is no picture, or a pixel is of no class
   */
  static MaskFile decode(Path file, byte[] bytes, Optional<MaskList> list) {
    StoredPixels pixels = PictureFiles.stored(file, bytes);
    return new MaskFile(
        pixels.size(),
        pixels instanceof StoredPixels.Numbers stored
            ? numbers(file, stored, list)
            : colours(file, (StoredPixels.Colours) pixels, list));
  }

  private static byte[] numbers(Path file, StoredPixels.Numbers stored, Optional<MaskList> list) {
    int[] samples = stored.numbers();
    boolean[] known = new boolean[BYTE + 1];
    for (int i = 0; i <= BYTE; i++) {
      int index = i;
      known[i] = list.map(l -> l.has(index)).orElse(true);
    }
    byte[] indices = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      if (samples[i] > BYTE || !known[samples[i]]) {
        throw new UserException(
            "%s: %s has class %d; %s"
                .formatted(file, place(i, stored.size()), samples[i], remedy(samples[i], list)));
      }
      indices[i] = (byte) samples[i];
    }
    return indices;
  }

  private static String remedy(int index, Optional<MaskList> list) {
    return list.map(
            l ->
                "%s has the classes %s, and %d is for pixels without one; mend the mask or the list"
                    .formatted(
                        l.source(),
                        String.join(
                            ", ",
                            l.entries().stream().map(e -> Integer.toString(e.index())).toList()),
                        Field.IGNORED))
        .orElse("classes are numbered from 0 to 254; mend the mask");
  }

  private static byte[] colours(Path file, StoredPixels.Colours stored, Optional<MaskList> list) {
    Map<Integer, Integer> known =
        list.map(MaskList::colours)
            .orElseThrow(
                () ->
                    new UserException(
                        file
                            + ": is a mask of colours, and it is not known what they mean; put a"
                            + " file classes.csv with the columns name, r, g, b beside the folders,"
                            + " or set data.classes"));
    int[] packed = stored.colours();
    byte[] indices = new byte[packed.length];
    int before = -1;
    byte index = 0;
    for (int i = 0; i < packed.length; i++) {
      int colour = packed[i];
      if (colour != before) {
        Integer found = known.get(colour);
        if (found == null) {
          throw new UserException(
              "%s: %s has the colour %s, which is that of no class in %s; mend the mask or the list"
                  .formatted(
                      file,
                      place(i, stored.size()),
                      MaskList.hex(colour),
                      list.orElseThrow().source()));
        }
        index = found.byteValue();
        before = colour;
      }
      indices[i] = index;
    }
    return indices;
  }

  private static String place(int pixel, ImageSize size) {
    return "pixel (%d, %d)".formatted(pixel % size.width(), pixel / size.width());
  }

  /** Largest number of a class, -1 if no pixel has one. */
  int greatest() {
    int most = -1;
    for (byte index : indices) {
      int number = Byte.toUnsignedInt(index);
      most = number == Field.IGNORED ? most : Math.max(most, number);
    }
    return most;
  }
}
