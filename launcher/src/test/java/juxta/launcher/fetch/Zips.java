package juxta.launcher.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes zips, also such as no tool writes. */
public final class Zips {
  private Zips() {}

  /** Entries one after the other: a name, then its content, a file's path or bytes. */
  public static Path write(Path zip, Object... entries) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int i = 0; i < entries.length; i += 2) {
        out.putNextEntry(new ZipEntry((String) entries[i]));
        out.write(
            entries[i + 1] instanceof Path file
                ? Files.readAllBytes(file)
                : (byte[]) entries[i + 1]);
        out.closeEntry();
      }
      return zip;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
