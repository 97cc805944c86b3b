package juxta.picture;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Formats that are not decoded, so that errors can name them. */
final class OtherFormats {
  /** Beginnings of files. */
  private static final Map<String, Pattern> BEGINNINGS = new LinkedHashMap<>();

  static {
    add("WebP", "RIFF....WEBP");
    add("AVIF", "....ftypavi[fs]");
    add("HEIC", "....ftyp(heic|heix|hevc|hevx|mif1|msf1)");
    add("JPEG 2000", "....jP  |\u00FF\u004F\u00FF\u0051");
    add("JPEG XL", "\u00FF\\n|....JXL ");
    add("SVG", "\\s*(<\\?xml.*)?<svg");
    add("a web page", "(?i)\\s*(<!doctype html|<html)");
    add("PDF", "%PDF-");
    add("Photoshop's format", "8BPS");
    add("OpenEXR", "v/1\\x01");
    add("BigTIFF", "II\\+\\x00|MM\\x00\\+");
    add("PNM", "P[1-7]\\s");
    add("a pointer of Git LFS", "version https://git-lfs");
    add("DICOM", ".{128}DICM");
  }

  private OtherFormats() {}

  private static void add(String name, String beginning) {
    BEGINNINGS.put(name, Pattern.compile(beginning, Pattern.DOTALL));
  }

  /**
   * What a file seems to be.
   *
   * @param bytes its content
   * @return a name for people
   */
  static Optional<String> of(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 1024), StandardCharsets.ISO_8859_1);
    return BEGINNINGS.entrySet().stream()
        .filter(entry -> entry.getValue().matcher(start).lookingAt())
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
