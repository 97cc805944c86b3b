package juxta.plugin.datasets;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import juxta.api.Setting;
import juxta.api.Split;
import juxta.api.UserException;

/**
 * Splits made of image files. All files are read once at opening, to check them and to take their
 * fingerprint; the decoded pictures are kept in memory if they fit, and otherwise decoded anew
 * whenever they are asked for.
 */
final class ImageFiles {
  static final Setting<Integer> SIDE =
      Setting.integer("side", 0)
          .range(0, 4096)
          .describe("resize to squares of so many pixels (bicubic, middle cut out); 0: as they are")
          .source("own choice: untouched pixels");

  private final Path root;
  private final int side;
  private final BiConsumer<String, Double> progress;

  ImageFiles(Path root, int side, BiConsumer<String, Double> progress) {
    this.root = root;
    this.side = side;
    this.progress = progress;
  }

  /**
   * Opens the splits.
   *
   * @param files the files of each split
   * @param fingerprint takes names, labels and content of all files
   */
  Map<String, Split> open(Map<String, List<LabelledFile>> files, Fingerprint fingerprint) {
    List<LabelledFile> all = files.values().stream().flatMap(List::stream).toList();
    ImageSize size = check(all, files, fingerprint);
    boolean keep = Pixels.fits(all.size() * size.bytes());
    Map<String, Split> splits = new LinkedHashMap<>();
    files.forEach((name, list) -> splits.put(name, split(list, size, keep)));
    return splits;
  }

  private Split split(List<LabelledFile> files, ImageSize size, boolean keep) {
    IntFunction<byte[]> decode = i -> decode(files.get(i).file(), size);
    IntFunction<byte[]> images =
        keep ? Pixels.keep(files.size(), decode, "decoding images", progress) : decode;
    return ColumnSplit.of(
        files.size(),
        Column.images(size.height(), size.width(), 3, images),
        Column.labels(files.stream().mapToInt(LabelledFile::label).toArray()));
  }

  private byte[] decode(Path file, ImageSize size) {
    Picture picture = Images.decode(file, DataFolder.read(file));
    return (side == 0 ? picture : picture.squared(size.height())).rgb();
  }

  /** Reads every file's header and digest on all cores. */
  private ImageSize check(
      List<LabelledFile> all, Map<String, List<LabelledFile>> files, Fingerprint fingerprint) {
    String[] faults = new String[all.size()];
    ImageSize[] sizes = new ImageSize[all.size()];
    byte[][] digests = new byte[all.size()][];
    IntStream.range(0, all.size())
        .parallel()
        .forEach(
            i -> {
              Path file = all.get(i).file();
              try {
                byte[] bytes = DataFolder.read(file);
                digests[i] = Fingerprint.digest("SHA-256").digest(bytes);
                sizes[i] = Images.size(file, bytes);
              } catch (UserException e) {
                faults[i] = e.getMessage();
              }
            });
    Problems.report(Arrays.stream(faults).filter(Objects::nonNull).toList(), "files");
    fingerprint.add("side", Integer.toString(side));
    int next = 0;
    for (var split : files.entrySet()) {
      for (LabelledFile file : split.getValue()) {
        String name = root.relativize(file.file()).toString().replace('\\', '/');
        fingerprint.add(split.getKey() + " " + file.label() + " " + name, digests[next++]);
      }
    }
    return side > 0 ? new ImageSize(side, side) : common(all, sizes);
  }

  private static ImageSize common(List<LabelledFile> files, ImageSize[] sizes) {
    for (int i = 1; i < sizes.length; i++) {
      if (!sizes[i].equals(sizes[0])) {
        throw new UserException(
            ("%s is %s but %s is %s; images must have one size, pass --set data.side=N to resize"
                    + " them to N x N")
                .formatted(files.get(0).file(), sizes[0], files.get(i).file(), sizes[i]));
      }
    }
    return sizes[0];
  }
}
