package juxta.launcher.plugins;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads a component's id from its class file, where {@code id()} does nothing but return a text: so
 * a plug-in's ids are known before any of its code runs.
 */
final class ClassIds {
  private static final int MOST_BYTES = 4 << 20;
  private static final int LDC = 0x12;
  private static final int LDC_W = 0x13;
  private static final int ARETURN = 0xb0;
  private static final int TAG_UTF8 = 1;
  private static final int TAG_STRING = 8;

  private final Map<Integer, String> texts = new HashMap<>();
  private final Map<Integer, Integer> strings = new HashMap<>();

  private ClassIds() {}

  /** The id that a class of a jar returns; empty where only its code knows. */
  static Optional<String> of(Path jar, String className) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(className.replace('.', '/') + ".class");
      if (entry == null) {
        return Optional.empty();
      }
      try (InputStream in = zip.getInputStream(entry)) {
        byte[] bytes = in.readNBytes(MOST_BYTES);
        return new ClassIds().read(new DataInputStream(new ByteArrayInputStream(bytes)));
      }
    } catch (IOException | RuntimeException e) { // damaged ones are refused by others
      return Optional.empty();
    }
  }

  /** By the table of the class file format, Java Virtual Machine Specification, chapter 4. */
  private Optional<String> read(DataInputStream in) throws IOException {
    in.skipNBytes(8); // magic and version
    constants(in);
    in.skipNBytes(6); // access, this and super class
    in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
    members(in, false);
    return members(in, true);
  }

  private void constants(DataInputStream in) throws IOException {
    int count = in.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case TAG_UTF8 -> texts.put(i, in.readUTF());
        case TAG_STRING -> strings.put(i, in.readUnsignedShort());
        case 7, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // longs and doubles take two places
        }
        default -> throw new IOException("unknown constant " + tag);
      }
    }
  }

  /** Skips the fields; of the methods, finds what {@code id()} returns. */
  private Optional<String> members(DataInputStream in, boolean look) throws IOException {
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      in.skipNBytes(2);
      String name = texts.getOrDefault(in.readUnsignedShort(), "");
      String type = texts.getOrDefault(in.readUnsignedShort(), "");
      boolean isId = look && name.equals("id") && type.equals("()Ljava/lang/String;");
      int attributes = in.readUnsignedShort();
      for (int k = 0; k < attributes; k++) {
        String attribute = texts.getOrDefault(in.readUnsignedShort(), "");
        long length = Integer.toUnsignedLong(in.readInt());
        if (isId && attribute.equals("Code")) {
          return returned(in);
        }
        in.skipNBytes(length);
      }
    }
    return Optional.empty();
  }

  private Optional<String> returned(DataInputStream in) throws IOException {
    in.skipNBytes(4); // depth of the stack, number of variables
    int length = in.readInt();
    int first = in.readUnsignedByte();
    boolean isShort = first == LDC && length == 3;
    boolean isLong = first == LDC_W && length == 4;
    if (!isShort && !isLong) {
      return Optional.empty();
    }
    int constant = isShort ? in.readUnsignedByte() : in.readUnsignedShort();
    return in.readUnsignedByte() == ARETURN
        ? Optional.ofNullable(texts.get(strings.get(constant)))
        : Optional.empty();
  }
}
