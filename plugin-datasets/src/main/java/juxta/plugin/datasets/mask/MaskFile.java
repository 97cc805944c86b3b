package juxta.plugin.datasets.mask;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import juxta.api.Field;
import juxta.api.UserException;
import juxta.picture.ImageSize;
import juxta.picture.PictureDecoder;
import juxta.picture.StoredPixels;

/**
 * A decoded mask: the class of each pixel as the file numbers it.
 *
 * @param size height and width
 * @param indices row by row
 * @param noise what compression made of the levels of a JPEG, empty for other files
 */
record MaskFile(ImageSize size, byte[] indices, Optional<MaskNoise> noise) {
  private static final int BYTE = 255;
  private static final int DEEP = 65535;

  /** Grey of a JPEG's colours may differ by so much between channels. */
  private static final int TINGE = 16;

  /**
   * Decodes. Of a picture with a palette and of a grey one the stored number is the class; colours
   * are looked up, except that such as are all grey count as numbers where they are not listed. A
   * JPEG's levels are rounded to 0 and 255, and so is the white of 16 bits.
   *
   * @param file named in errors
   * @param bytes the file's content
   * @param rule what its numbers and colours mean
   * @throws UserException if it is no picture, or a pixel is of no class
   */
  static MaskFile decode(Path file, byte[] bytes, MaskRule rule) {
    boolean lossy = PictureDecoder.lossy(bytes);
    StoredPixels pixels = rule.reading().stored(file, bytes);
    if (pixels instanceof StoredPixels.Colours colours) {
      Optional<int[]> grey = grey(colours.colours(), lossy, rule);
      if (grey.isEmpty()) {
        return new MaskFile(
            pixels.size(), colours(file, colours, lossy, rule.list()), Optional.empty());
      }
      return numbers(file, new StoredPixels.Numbers(pixels.size(), grey.get()), lossy, rule);
    }
    return numbers(file, (StoredPixels.Numbers) pixels, lossy, rule);
  }

  /** Levels, if colours are nothing but grey and the list does not have them. */
  private static Optional<int[]> grey(int[] colours, boolean lossy, MaskRule rule) {
    int[] levels = new int[colours.length];
    int most = lossy ? TINGE : 0;
    boolean listed = rule.list().isPresent();
    Map<Integer, Integer> known = rule.list().map(MaskList::colours).orElse(Map.of());
    for (int i = 0; i < colours.length; i++) {
      int red = colours[i] >> 16;
      int green = colours[i] >> 8 & 0xFF;
      int blue = colours[i] & 0xFF;
      int spread = Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
      if (spread > most) {
        return Optional.empty();
      }
      levels[i] = green;
      listed = listed && known.containsKey(colours[i]);
    }
    return listed ? Optional.empty() : Optional.of(levels);
  }

  private static MaskFile numbers(
      Path file, StoredPixels.Numbers stored, boolean lossy, MaskRule rule) {
    int[] samples = stored.numbers();
    Optional<MaskNoise> noise = lossy ? Optional.of(MaskNoise.of(samples)) : Optional.empty();
    boolean white =
        !lossy && Arrays.stream(samples).allMatch(sample -> sample == 0 || sample == DEEP);
    boolean[] known = new boolean[BYTE + 1];
    for (int i = 0; i <= BYTE; i++) {
      known[i] = rule.has(i);
    }
    byte[] indices = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      int sample = lossy || white ? (samples[i] > BYTE / 2 ? BYTE : 0) : samples[i];
      if (sample > BYTE || !known[sample]) {
        throw new UserException(
            "%s: %s has class %d; %s"
                .formatted(file, place(i, stored.size()), sample, remedy(sample, rule)));
      }
      indices[i] = (byte) sample;
    }
    return new MaskFile(stored.size(), indices, noise);
  }

  private static String remedy(int index, MaskRule rule) {
    if (index == Field.IGNORED && rule.list().isPresent()) {
      return "%s does not list it, and data.ignore=none leaves no number out; list it or leave data.ignore out"
          .formatted(rule.list().get().source());
    }
    return rule.list()
        .map(
            l ->
                "%s has the classes %s, and %d is for pixels without one; mend the mask or the list"
                    .formatted(l.source(), l.numbers(), Field.IGNORED))
        .orElse("classes are numbered from 0 to 254; mend the mask");
  }

  private static byte[] colours(
      Path file, StoredPixels.Colours stored, boolean lossy, Optional<MaskList> list) {
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
              "%s: %s has the colour %s, which is that of no class in %s; %s"
                  .formatted(
                      file,
                      place(i, stored.size()),
                      MaskList.hex(colour),
                      list.orElseThrow().source(),
                      lossy
                          ? "a JPEG's compression changes colours, save masks as PNG"
                          : "mend the mask or the list"));
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

  /** The numbers that pixels have. */
  BitSet used() {
    BitSet used = new BitSet(BYTE + 1);
    for (byte index : indices) {
      used.set(Byte.toUnsignedInt(index));
    }
    return used;
  }
}
