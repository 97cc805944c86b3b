package juxta.plugin.datasets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.RawPicture;
import juxta.api.Setting;
import juxta.api.Split;
import juxta.api.UserException;

/**
 * Splits of photographs. Those to train on become squares of one size, so that they can be batched;
 * those to score on keep their proportions and are only made smaller where they are very large.
 */
final class Photos {
  static final Setting<Integer> SIZE =
      Setting.integer("size", 256)
          .range(8, 4096)
          .describe("side of training images in pixels (bicubic, middle cut out)")
          .source("own choice: room for random crops of 224");

  static final Setting<Integer> LONGEST =
      Setting.integer("longest", 1024)
          .range(8, 16_384)
          .describe("longer side of test images and queries in pixels, at most")
          .source("cnnimageretrieval-pytorch, cirtorch/examples/test.py");

  private final int size;
  private final int longest;
  private final BiConsumer<String, Double> progress;

  Photos(int size, int longest, BiConsumer<String, Double> progress) {
    this.size = size;
    this.longest = longest;
    this.progress = progress;
  }

  /**
   * Reads every file's header and digest on all cores.
   *
   * @param photos the photographs of a split
   * @param fingerprint takes names, instances, boxes and contents
   * @throws UserException naming the files that cannot be read or that a box lies outside of
   */
  void check(String split, List<Photo> photos, Fingerprint fingerprint) {
    String[] faults = new String[photos.size()];
    byte[][] digests = new byte[photos.size()][];
    IntStream.range(0, photos.size())
        .parallel()
        .forEach(
            i -> {
              Photo photo = photos.get(i);
              try {
                byte[] bytes = DataFolder.read(photo.file());
                digests[i] = Fingerprint.digest("SHA-256").digest(bytes);
                ImageSize found = Images.size(photo.file(), bytes);
                if (photo.box().isPresent() && !photo.box().get().meets(found)) {
                  faults[i] =
                      "%s: its box lies outside of its %s pixels; mend the ground truth"
                          .formatted(photo.file(), found);
                }
              } catch (UserException e) {
                faults[i] = e.getMessage();
              }
            });
    Problems.report(Arrays.stream(faults).filter(Objects::nonNull).distinct().toList(), "files");
    fingerprint.add("sizes", size + " " + longest);
    for (int i = 0; i < digests.length; i++) {
      Photo photo = photos.get(i);
      fingerprint.add(
          split + " " + photo.instance() + " " + photo.box() + " " + photo.name(), digests[i]);
    }
  }

  /** Squares, kept in memory if they fit. */
  Split training(List<Photo> photos) {
    IntFunction<byte[]> pixels =
        Pixels.keepIfFits(
            photos.size(),
            3L * size * size,
            i -> decode(photos.get(i)).squared(size).rgb(),
            "decoding images",
            progress);
    return new ColumnSplit(
        photos.size(), with(Column.images(size, size, 3, pixels), photos, List.of()));
  }

  /** What stands for training images where there are none: one black square of no instance. */
  Split nothing() {
    byte[] black = new byte[3 * size * size];
    return ColumnSplit.of(
        1,
        Column.images(size, size, 3, i -> black),
        Column.numbers(Field.INSTANCE, new int[] {-1}),
        Column.texts("file", List.of("")));
  }

  /** Whole pictures or the parts in their boxes, decoded whenever they are asked for. */
  Split scored(List<Photo> photos, List<Column> more) {
    Column images =
        new Column(
            Field.of(Field.IMAGE, FieldType.UINT8, -1, -1, 3),
            i -> decode(photos.get(i)).within(longest).value());
    return new ColumnSplit(photos.size(), with(images, photos, more));
  }

  /** What another picture is searched as. */
  Picture scored(RawPicture picture) {
    return Picture.of(picture, GreyWindow.FULL).within(longest);
  }

  private static List<Column> with(Column images, List<Photo> photos, List<Column> more) {
    List<Column> columns = new ArrayList<>(List.of(images));
    columns.add(
        Column.numbers(Field.INSTANCE, photos.stream().mapToInt(Photo::instance).toArray()));
    columns.add(Column.texts("file", photos.stream().map(Photo::name).toList()));
    columns.addAll(more);
    return columns;
  }

  private static Picture decode(Photo photo) {
    Picture whole = Images.decode(photo.file(), DataFolder.read(photo.file()));
    return photo.box().map(whole::cropped).orElse(whole);
  }
}
