package juxta.toolkit.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Problems;

/**
 * Finds the picture files below the folders of a data set, at any depth, as torchvision does.
 * Hidden files and what systems leave behind are skipped. Other files are passed over, counted and
 * named in one line. Links are followed; those that lead nowhere or in circles, pipes and devices
 * are refused.
 */
public final class PictureFolder {
  private static final Set<String> LEFT_BEHIND =
      Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "@eadir", "icon\r");

  private final Path root;
  private final Map<String, List<Path>> passed = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param root the data set's folder
   */
  public PictureFolder(Path root) {
    this.root = root;
  }

  /**
   * What lies below a folder.
   *
   * @param pictures files that can be decoded if they are what their names say
   * @param others pictures that cannot be decoded, such as WebP
   */
  public record Found(List<Path> pictures, List<Path> others) {
    /**
     * The endings of the pictures that cannot be decoded.
     *
     * @return counted, such as {@code 3 .webp}
     */
    public String endings() {
      Map<String, List<Path>> by = new TreeMap<>();
      others.forEach(file -> by.computeIfAbsent(ending(file), k -> new ArrayList<>()).add(file));
      return counted(by);
    }
  }

  /**
   * Finds the pictures below a folder.
   *
   * @param folder one of the data set's
   * @return sorted by name, folder by folder
   * @throws juxta.api.UserException if a folder cannot be read
   */
  public Found below(Path folder) {
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    walk(folder, true, found);
    return found;
  }

  /**
   * Finds the pictures in a folder itself.
   *
   * @param folder one of the data set's
   * @return sorted by name
   * @throws juxta.api.UserException if it cannot be read
   */
  public Found in(Path folder) {
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    walk(folder, false, found);
    return found;
  }

  /**
   * What lies in a folder itself, without what is skipped.
   *
   * @param folder one of the data set's
   * @return its folders, sorted by name
   * @throws juxta.api.UserException if it cannot be read
   */
  public List<Path> folders(Path folder) {
    return DataFolder.list(folder).stream()
        .filter(entry -> !leftBehind(entry) && Files.isDirectory(entry))
        .filter(entry -> leads(entry, folder))
        .toList();
  }

  /**
   * Passes over pictures that lie in a folder itself.
   *
   * @param folder whose pictures belong to no class
   */
  public void passOver(Path folder) {
    for (Path entry : DataFolder.list(folder)) {
      if ((PictureFiles.named(entry) || PictureFiles.namedOther(entry))
          && Files.isRegularFile(entry)) {
        pass("in no folder of a class", entry);
      }
    }
  }

  private void walk(Path folder, boolean deep, Found found) {
    for (Path entry : DataFolder.list(folder)) {
      if (leftBehind(entry)) {
        continue;
      }
      BasicFileAttributes attributes = attributes(entry, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        if (!leads(entry, folder)) {
          continue;
        }
        attributes = attributes(entry);
      }
      if (attributes.isDirectory()) {
        if (deep) {
          walk(entry, true, found);
        }
      } else if (PictureFiles.named(entry)) {
        if (attributes.isRegularFile()) {
          found.pictures().add(entry);
        } else {
          problems.add(entry + ": is no regular file but a pipe or device; remove it");
        }
      } else if (attributes.isRegularFile()) {
        pass(ending(entry), entry);
        if (PictureFiles.namedOther(entry)) {
          found.others().add(entry);
        }
      }
    }
  }

  private static BasicFileAttributes attributes(Path entry, LinkOption... options) {
    try {
      return Files.readAttributes(entry, BasicFileAttributes.class, options);
    } catch (IOException e) {
      throw DataFolder.unreadable(entry, e);
    }
  }

  /** Whether something may be read there. People link their data together, from other disks too. */
  private boolean leads(Path entry, Path folder) {
    if (!Files.isSymbolicLink(entry)) {
      return true;
    }
    try {
      if (folder.toRealPath().startsWith(entry.toRealPath())) {
        problems.add(entry + ": is a link to a folder that it lies in itself; remove it");
        return false;
      }
      return true;
    } catch (IOException e) {
      problems.add(entry + ": is a link that leads nowhere; remove it");
      return false;
    }
  }

  private static boolean leftBehind(Path entry) {
    return LEFT_BEHIND.contains(DataFolder.name(entry).toLowerCase(Locale.ROOT));
  }

  private static String ending(Path file) {
    String name = DataFolder.name(file).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return dot > 0 && name.length() - dot < 10 ? name.substring(dot) : "without ending";
  }

  private void pass(String why, Path file) {
    passed.computeIfAbsent(why, k -> new ArrayList<>()).add(file);
  }

  private static String counted(Map<String, List<Path>> files) {
    return String.join(
        ", ", files.entrySet().stream().map(e -> e.getValue().size() + " " + e.getKey()).toList());
  }

  /**
   * Throws if there is something that must not be there; warns of what was passed over.
   *
   * @param id the provider's, for the warning
   * @throws juxta.api.UserException naming links, pipes and devices
   */
  public void report(String id) {
    Problems.report(problems, "files");
    passedOver()
        .ifPresent(
            line ->
                System.getLogger(PictureFolder.class.getName())
                    .log(System.Logger.Level.WARNING, id + ": " + line));
  }

  /** What was passed over, in a line. */
  Optional<String> passedOver() {
    int count = passed.values().stream().mapToInt(List::size).sum();
    if (count == 0) {
      return Optional.empty();
    }
    List<String> kinds = new ArrayList<>();
    passed.forEach(
        (why, files) ->
            kinds.add(
                "%d %s (%s%s)"
                    .formatted(
                        files.size(),
                        why,
                        root.relativize(files.get(0)),
                        files.size() > 1 ? ", …" : "")));
    return Optional.of(
        "%s passed over: %s; PNG, JPEG, BMP, GIF and TIFF are read, convert other pictures"
            .formatted(
                count == 1 ? "one file is" : count + " files are", String.join(", ", kinds)));
  }
}
