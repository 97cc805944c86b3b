package juxta.plugin.datasets.instance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import juxta.api.Dataset;
import juxta.api.DatasetProvider.Request;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Setting;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.picture.ImageSize;
import juxta.picture.Picture;
import juxta.picture.PictureForm;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.Problems;
import juxta.toolkit.picture.DeepHint;
import juxta.toolkit.picture.FileFact;
import juxta.toolkit.picture.FileFacts;
import juxta.toolkit.picture.Pack;
import juxta.toolkit.picture.PackedPictures;
import juxta.toolkit.picture.PictureReading;
import juxta.toolkit.picture.PictureValues;
import juxta.toolkit.picture.Pixels;

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
  private final PictureReading reading;
  private final FileFacts facts;
  private final Request request;

  /**
   * Prepares.
   *
   * @param root the data set's folder
   * @param request what the user asked for
   */
  Photos(Path root, Request request) {
    this.size = request.settings().get(SIZE);
    this.longest = request.settings().get(LONGEST);
    this.reading = PictureReading.of(request.settings());
    this.facts = new FileFacts(root, request.cache(), request.progress());
    this.request = request;
  }

  /**
   * Reads headers and digests of files that are new or changed.
   *
   * @param photos the photographs of a split
   * @param fingerprint takes names, instances, boxes and contents
   * @throws UserException naming the files that cannot be read or that a box lies outside of
   */
  void check(String split, List<Photo> photos, Fingerprint fingerprint) {
    List<Path> files = photos.stream().map(Photo::file).toList();
    List<FileFact> found = facts.of(files);
    List<String> faults = new ArrayList<>();
    fingerprint.add("sizes", size + " " + longest + reading.words());
    for (int i = 0; i < found.size(); i++) {
      Photo photo = photos.get(i);
      ImageSize own = reading.size(found.get(i).header());
      if (photo.box().isPresent() && !photo.box().get().meets(own)) {
        faults.add(
            "%s: its box lies outside of its %s pixels; mend the ground truth"
                .formatted(photo.file(), own));
      }
      fingerprint.add(
          split + " " + photo.instance() + " " + photo.box() + " " + photo.name(),
          found.get(i).digest());
    }
    Problems.report(faults.stream().distinct().toList(), "files");
    DeepHint.give(files, found, reading);
  }

  /** Keeps what was found out; to be called when the splits are open. */
  Dataset.Evidence keep() {
    facts.keep();
    return facts.evidence();
  }

  /** Squares, packed if the user asked for it, else kept in memory if they fit. */
  Split training(List<Photo> photos) {
    IntFunction<byte[]> pixels = pixels(photos, i -> decode(photos.get(i)).squared(size).rgb());
    return new ColumnSplit(
        photos.size(), with(Column.images(size, size, 3, pixels), photos, List.of()));
  }

  private IntFunction<byte[]> pixels(List<Photo> photos, IntFunction<byte[]> decode) {
    int bytes = 3 * size * size;
    if (PackedPictures.asked(request.settings())) {
      facts.keep(); // packing decodes every file, and may be killed before it ends
      List<FileFact> found = facts.of(photos.stream().map(Photo::file).toList());
      List<byte[]> digests = found.stream().map(FileFact::digest).toList();
      Pack pack = new Pack(digests, bytes, "side " + size + reading.words(), decode);
      return PackedPictures.open(pack, request.cache(), request.progress());
    }
    return facts.evidence() == Dataset.Evidence.LISTING && Pixels.fits((long) bytes * photos.size())
        ? Pixels.keepOnceMade(photos.size(), decode)
        : Pixels.keepIfFits(photos.size(), bytes, decode, "decoding images", request.progress());
  }

  /** What stands for training images where there are none: one black square of no instance. */
  Split nothing() {
    byte[] black = new byte[3 * size * size];
    return ColumnSplit.of(
        1,
        Column.images(size, size, 3, i -> black),
        Column.numbers(Field.INSTANCE, new int[] {-1}),
        Column.texts(Field.FILE, List.of("")));
  }

  /** Whole pictures or the parts in their boxes, decoded whenever they are asked for. */
  Split scored(List<Photo> photos, List<Column> more) {
    PictureForm form = form();
    Column images =
        new Column(
            Field.of(Field.IMAGE, FieldType.UINT8, -1, -1, 3),
            i -> PictureValues.value(form.fitted(decode(photos.get(i))), 3));
    return new ColumnSplit(photos.size(), with(images, photos, more));
  }

  /** How the images to score on are made. */
  PictureForm form() {
    return PictureForm.within(longest).reading(reading.window(), reading.turned());
  }

  private static List<Column> with(Column images, List<Photo> photos, List<Column> more) {
    List<Column> columns = new ArrayList<>(List.of(images));
    columns.add(
        Column.numbers(Field.INSTANCE, photos.stream().mapToInt(Photo::instance).toArray()));
    columns.add(Column.texts(Field.FILE, photos.stream().map(Photo::name).toList()));
    columns.addAll(more);
    return columns;
  }

  private Picture decode(Photo photo) {
    Picture whole = reading.read(photo.file());
    return photo.box().map(whole::cropped).orElse(whole);
  }
}
