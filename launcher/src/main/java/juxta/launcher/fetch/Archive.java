package juxta.launcher.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import juxta.api.UserException;

/**
 * A zip with the jars of one plug-in: at its top, in one folder, or in {@code plugins/<name>}.
 * Links in it become files of a few bytes, which are no jars.
 *
 * @param shown what it is called in messages
 * @param file the zip
 */
record Archive(String shown, Path file) {
  private static final int MOST_JARS = 1_000;
  private static final int PIECE = 1 << 16;

  /**
   * What was taken out.
   *
   * @param folder the folder in the zip that the jars are in, if they are in one
   * @param jars the jars
   * @param skipped other files
   */
  record Unpacked(Optional<String> folder, List<Path> jars, List<String> skipped) {}

  /** Whether a file is such a zip, and no jar: jars have classes or a manifest at their top. */
  static boolean is(String shown, Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      return entries.stream().anyMatch(e -> isJar(e.getName()))
          && entries.stream()
              .map(ZipEntry::getName)
              .noneMatch(name -> name.endsWith(".class") || name.equals("META-INF/MANIFEST.MF"));
    } catch (IOException | RuntimeException e) {
      throw new UserException(
          shown
              + ": is neither a jar nor a zip ("
              + e.getMessage()
              + "); copy or download it again, or check the address",
          e);
    }
  }

  /**
   * Takes the jars out.
   *
   * @param target an empty folder
   * @param limit bytes that they may have together
   */
  Unpacked unpack(Path target, long limit) throws IOException {
    List<Path> jars = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    Set<String> names = new HashSet<>();
    long left = limit;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        requirePlain(entry.getName());
        if (entry.isDirectory()) {
          continue;
        }
        if (!isJar(entry.getName())) {
          skipped.add(entry.getName());
          continue;
        }
        String inside = entry.getName().replaceFirst("^plugins/(?=.)", "");
        int slash = inside.lastIndexOf('/');
        folders.add(slash < 0 ? "" : inside.substring(0, slash));
        String name = inside.substring(slash + 1);
        if (!names.add(name.toLowerCase(Locale.ROOT)) || jars.size() == MOST_JARS) {
          throw new UserException(
              shown + ": has the jar " + name + " twice, or too many; have it packed again");
        }
        Path jar = target.resolve(name);
        left -= copy(zip, entry, jar, left, limit);
        jars.add(jar);
      }
    }
    if (folders.size() != 1 || folders.iterator().next().contains("/")) {
      throw new UserException(
          shown
              + ": has jars in several folders; a zip holds one plug-in, its jar and those of its"
              + " libraries side by side");
    }
    return new Unpacked(
        folders.stream().filter(folder -> !folder.isEmpty()).findFirst(), jars, skipped);
  }

  private long copy(ZipFile zip, ZipEntry entry, Path jar, long left, long limit)
      throws IOException {
    long count = 0;
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(jar)) {
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        count += read;
        if (count > left) {
          throw new UserException(
              shown
                  + ": unpacks to more than "
                  + (limit >> 20)
                  + " MB; give --max-mb if that is meant to be so");
        }
        out.write(piece, 0, read);
      }
    }
    return count;
  }

  private void requirePlain(String name) {
    boolean leads =
        name.startsWith("/")
            || name.contains("\\")
            || name.contains(":")
            || List.of(name.split("/", -1)).contains("..")
            || name.chars().anyMatch(Character::isISOControl);
    if (leads) {
      throw new UserException(
          shown + ": has the entry '" + name + "', which may lead elsewhere; do not trust it");
    }
  }

  private static boolean isJar(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".jar");
  }
}
