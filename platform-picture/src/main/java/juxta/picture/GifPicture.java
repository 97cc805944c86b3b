package juxta.picture;

import java.io.IOException;

/**
 * The first picture of a GIF on its canvas, which may be larger. What the picture leaves free shows
 * the transparent colour, or else the first of the palette, as in Pillow.
 *
 * @param size height and width of the canvas, and of the picture where that is larger
 * @param indices entry of the palette by pixel, row by row
 * @param palette 0xRRGGBB
 */
record GifPicture(ImageSize size, byte[] indices, int[] palette) {
  private static final int LONGEST_CODE = 12;
  private static final int CODES = 1 << LONGEST_CODE;

  /** Where the rows of the four passes of an interlaced picture begin, and their distances. */
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  /** Whether the content begins as a GIF does. */
  static boolean is(byte[] bytes) {
    return bytes.length >= 6
        && bytes[0] == 'G'
        && bytes[1] == 'I'
        && bytes[2] == 'F'
        && bytes[3] == '8'
        && (bytes[4] == '7' || bytes[4] == '9')
        && bytes[5] == 'a';
  }

  /** Reads the size. */
  static ImageSize size(byte[] bytes) throws IOException {
    return new Frame(bytes).canvas();
  }

  /**
   * Decodes.
   *
   * @throws IOException if the file is damaged or cut off
   */
  static GifPicture of(byte[] bytes) throws IOException {
    Frame frame = new Frame(bytes);
    ImageSize size = frame.canvas();
    byte[] pixels = frame.pixels();
    byte[] indices = pixels;
    if (frame.width != size.width() || frame.height != size.height()) {
      indices = new byte[size.height() * size.width()];
      java.util.Arrays.fill(indices, (byte) Math.max(0, frame.transparent));
      for (int y = 0; y < frame.height; y++) {
        int to = (frame.top + y) * size.width() + frame.left;
        System.arraycopy(pixels, y * frame.width, indices, to, frame.width);
      }
    }
    return new GifPicture(size, indices, frame.palette);
  }

  /** Colours: bytes in the order [height, width, 3]. */
  byte[] rgb() {
    byte[] rgb = new byte[3 * indices.length];
    for (int i = 0; i < indices.length; i++) {
      int colour = palette[indices[i] & 0xFF];
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return rgb;
  }

  /** The blocks up to the first picture. */
  private static final class Frame {
    private final byte[] bytes;
    private int at;
    private final int canvasWidth;
    private final int canvasHeight;
    private int[] palette = grey();
    private int transparent = -1;
    private int left;
    private int top;
    private int width;
    private int height;
    private boolean interlaced;

    Frame(byte[] bytes) throws IOException {
      this.bytes = bytes;
      this.at = 6;
      this.canvasWidth = word();
      this.canvasHeight = word();
      int flags = next();
      at += 2; // background, which is not followed, and proportions of pixels
      if ((flags & 0x80) != 0) {
        palette = palette(flags);
      }
      while (true) {
        switch (next()) {
          case 0x21 -> extension();
          case 0x2C -> {
            picture();
            return;
          }
          default -> throw new IOException("holds no picture where one should begin");
        }
      }
    }

    private int next() throws IOException {
      if (at >= bytes.length) {
        throw new IOException("cut off");
      }
      return bytes[at++] & 0xFF;
    }

    private int word() throws IOException {
      return next() | next() << 8;
    }

    /** Without a palette numbers are levels of grey. */
    private static int[] grey() {
      int[] levels = new int[256];
      java.util.Arrays.setAll(levels, i -> i << 16 | i << 8 | i);
      return levels;
    }

    private int[] palette(int flags) throws IOException {
      int[] colours = grey(); // as Pillow has those that are missing
      for (int i = 0; i < 2 << (flags & 7); i++) {
        colours[i] = next() << 16 | next() << 8 | next();
      }
      return colours;
    }

    private void extension() throws IOException {
      boolean control = next() == 0xF9;
      int length = next();
      if (control && length >= 4) {
        int flags = next();
        at += 2;
        int index = next();
        transparent = (flags & 1) != 0 ? index : -1;
        at += length - 4;
        length = next();
      }
      while (length > 0) {
        at += length;
        length = next();
      }
    }

    private void picture() throws IOException {
      left = word();
      top = word();
      width = word();
      height = word();
      int flags = next();
      interlaced = (flags & 0x40) != 0;
      if ((flags & 0x80) != 0) {
        palette = palette(flags);
      }
      if (width == 0 || height == 0) {
        throw new IOException("a picture without pixels");
      }
    }

    ImageSize canvas() {
      return new ImageSize(
          Math.max(canvasHeight, top + height), Math.max(canvasWidth, left + width));
    }

    /** Undoes LZW, the code of variable length that GIF has; each code must be known. */
    byte[] pixels() throws IOException {
      int root = next();
      if (root < 1 || root >= LONGEST_CODE) {
        throw new IOException("codes of " + root + " bits");
      }
      byte[] all = new byte[height * width];
      int clear = 1 << root;
      int[] prefix = new int[CODES];
      byte[] last = new byte[CODES];
      byte[] stack = new byte[CODES + 1];
      for (int i = 0; i < clear; i++) {
        last[i] = (byte) i;
      }
      int known = clear + 2;
      int length = root + 1;
      int before = -1;
      int first = 0;
      int bits = 0;
      int held = 0;
      int block = 0;
      int done = 0;
      while (done < all.length) {
        while (held < length) {
          if (block == 0) {
            block = next();
            if (block == 0) {
              throw new IOException("cut off after " + done + " of " + all.length + " pixels");
            }
          }
          bits |= next() << held;
          held += 8;
          block--;
        }
        int code = bits & (1 << length) - 1;
        bits >>>= length;
        held -= length;
        if (code == clear) {
          known = clear + 2;
          length = root + 1;
          before = -1;
          continue;
        }
        if (code == clear + 1) {
          throw new IOException("ends after " + done + " of " + all.length + " pixels");
        }
        if (code > known || code == known && before < 0) {
          throw new IOException("a code that is not known");
        }
        int depth = 0;
        int walk = code;
        if (code == known) { // what was there before and its own first pixel
          stack[depth++] = (byte) first;
          walk = before;
        }
        while (walk >= clear) {
          stack[depth++] = last[walk];
          walk = prefix[walk];
        }
        first = last[walk] & 0xFF;
        stack[depth++] = (byte) first;
        if (before >= 0 && known < CODES) {
          prefix[known] = before;
          last[known] = (byte) first;
          known++;
          if (known == 1 << length && length < LONGEST_CODE) {
            length++;
          }
        }
        before = code;
        while (depth > 0 && done < all.length) {
          all[done++] = stack[--depth];
        }
      }
      return interlaced ? sorted(all) : all;
    }

    private byte[] sorted(byte[] rows) {
      byte[] sorted = new byte[rows.length];
      int from = 0;
      for (int[] pass : PASSES) {
        for (int y = pass[0]; y < height; y += pass[1]) {
          System.arraycopy(rows, from, sorted, y * width, width);
          from += width;
        }
      }
      return sorted;
    }
  }
}
