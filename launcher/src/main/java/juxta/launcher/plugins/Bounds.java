package juxta.launcher.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Looks at a stranger's jar before Java reads it whole where it trusts what the jar says of itself:
 * names that lead elsewhere, and descriptions that unpack to more than memory holds.
 */
final class Bounds {
  private static final int MOST_ENTRIES = 200_000;
  private static final int MOST_OF_A_DESCRIPTION = 4 << 20;
  private static final String REMEDY = "do not trust it; get it from its author";

  private Bounds() {}

  static void check(Jar jar) {
    try (ZipFile zip = new ZipFile(jar.file().toFile())) {
      if (zip.size() > MOST_ENTRIES) {
        throw new Refusal(jar.path(), "has " + zip.size() + " entries", REMEDY);
      }
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        if (name.startsWith("/")
            || name.contains("\\")
            || List.of(name.split("/", -1)).contains("..")) {
          throw new Refusal(
              jar.path(), "has the entry '" + name + "', which leads elsewhere", REMEDY);
        }
        if (isDescription(name)) {
          requireSmall(zip, entry, jar);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(
          jar.path(), "is not a whole jar (" + Failures.name(e) + ")", "copy or download it again");
    }
  }

  /** What Java reads at once. */
  private static boolean isDescription(String name) {
    return name.equals("META-INF/MANIFEST.MF")
        || name.endsWith("module-info.class")
        || name.startsWith("META-INF/services/");
  }

  private static void requireSmall(ZipFile zip, ZipEntry entry, Jar jar) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      if (in.readNBytes(MOST_OF_A_DESCRIPTION + 1).length > MOST_OF_A_DESCRIPTION) {
        throw new Refusal(
            jar.path(),
            "has a " + entry.getName() + " of more than " + (MOST_OF_A_DESCRIPTION >> 20) + " MB",
            REMEDY);
      }
    }
  }
}
