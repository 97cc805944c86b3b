package juxta.toolkit.picture;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.DatasetProvider.Request;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Setting;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.picture.ImageSize;
import juxta.picture.PictureForm;
import juxta.picture.PictureForm.Fit;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.Fingerprint;

/**
 * Splits made of image files. Files that are new or changed are read at opening, to check them and
 * to take their fingerprint; the decoded pictures are kept in memory if they fit, and otherwise
 * decoded anew whenever they are asked for.
 *
 * <p>A provider that uses it has {@link #SIDE}, {@link PackedPictures#SETTING} and {@link
 * PictureReading#SETTINGS} among its settings, says which files are of which split and class, and
 * gives what {@link #open} returns, {@link #evidence} and {@link #form} to a {@link
 * juxta.toolkit.data.OpenDataset}.
 */
public final class ImageFiles {
  /** Lets users resize; a setting of the provider. */
  public static final Setting<Optional<Integer>> SIDE =
      Setting.integer("side")
          .range(1, 4096)
          .unset("images as they are", "0")
          .describe("resize to squares of so many pixels (bicubic, middle cut out)")
          .source("own choice: untouched pixels");

  private final Path root;
  private final int side;
  private final PictureReading reading;
  private final FileFacts facts;
  private final Request request;
  private Optional<PictureForm> opened = Optional.empty();

  /**
   * Prepares.
   *
   * @param root the folder that names of files are relative to
   * @param request what the user asked for
   */
  public ImageFiles(Path root, Request request) {
    this.root = root;
    this.side = request.settings().get(SIDE).orElse(0);
    this.reading = PictureReading.of(request.settings());
    this.facts = new FileFacts(root, request.cache(), request.progress());
    this.request = request;
  }

  /**
   * Opens the splits.
   *
   * @param files the files of each split, one or more, by the split's name
   * @param fingerprint takes names, labels and content of all files
   * @return the splits, with the fields {@code image}, {@code label} and {@code file}
   * @throws UserException naming all files that are damaged, or two of different sizes
   */
  public Map<String, Split> open(Map<String, List<LabelledFile>> files, Fingerprint fingerprint) {
    List<LabelledFile> all = files.values().stream().flatMap(List::stream).toList();
    List<FileFact> found = facts.of(all.stream().map(LabelledFile::file).toList());
    fingerprint.add("side", side + reading.words());
    int next = 0;
    for (var split : files.entrySet()) {
      for (LabelledFile file : split.getValue()) {
        fingerprint.add(
            split.getKey() + " " + file.label() + " " + name(file), found.get(next++).digest());
      }
    }
    ImageSize size = side > 0 ? new ImageSize(side, side) : common(all, found);
    PictureForm form = reading.form(size, side > 0 ? Fit.SQUARED : Fit.MIDDLE);
    opened = Optional.of(form);
    DeepHint.give(all.stream().map(LabelledFile::file).toList(), found, reading);
    IntFunction<byte[]> pixels = pixels(all, found, form);
    Map<String, Split> splits = new LinkedHashMap<>();
    int from = 0;
    for (var split : files.entrySet()) {
      splits.put(split.getKey(), split(split.getValue(), size, pixels, from));
      from += split.getValue().size();
    }
    facts.keep();
    return splits;
  }

  /**
   * How the files became known.
   *
   * @return what the fingerprint rests on
   */
  public Dataset.Evidence evidence() {
    return facts.evidence();
  }

  /**
   * How images are made of pictures, for {@link juxta.api.Dataset#pictures}.
   *
   * @return the form of the images in the splits, which are open
   */
  public PictureForm form() {
    return opened.orElseThrow();
  }

  private IntFunction<byte[]> pixels(
      List<LabelledFile> all, List<FileFact> found, PictureForm form) {
    ImageSize size = new ImageSize(form.height(), form.width());
    IntFunction<byte[]> decode = i -> form.fitted(reading.read(all.get(i).file())).rgb();
    if (PackedPictures.asked(request.settings())) {
      facts.keep(); // packing decodes every file, and may be killed before it ends
      return packed(all, found, size, decode);
    }
    if (!Pixels.fits(all.size() * size.bytes())) {
      return decode;
    }
    return facts.evidence() == Dataset.Evidence.LISTING
        ? Pixels.keepOnceMade(all.size(), decode)
        : Pixels.keep(all.size(), decode, "decoding images", request.progress());
  }

  /** In the order of the names: however they are split, the same files are packed once. */
  private IntFunction<byte[]> packed(
      List<LabelledFile> all, List<FileFact> found, ImageSize size, IntFunction<byte[]> decode) {
    int[] order =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(Comparator.comparing(i -> all.get(i).file()))
            .mapToInt(i -> i)
            .toArray();
    int[] place = new int[order.length];
    IntStream.range(0, order.length).forEach(at -> place[order[at]] = at);
    List<byte[]> digests = IntStream.of(order).mapToObj(i -> found.get(i).digest()).toList();
    Pack pack =
        new Pack(
            digests,
            Math.toIntExact(size.bytes()),
            "side " + side + reading.words(),
            at -> decode.apply(order[at]));
    IntFunction<byte[]> packed = PackedPictures.open(pack, request.cache(), request.progress());
    return i -> packed.apply(place[i]);
  }

  /** The file's name below the root, as the data call it on every system. */
  private String name(LabelledFile file) {
    return root.relativize(file.file()).toString().replace('\\', '/');
  }

  private Split split(
      List<LabelledFile> files, ImageSize size, IntFunction<byte[]> pixels, int from) {
    return ColumnSplit.of(
        files.size(),
        Column.images(size.height(), size.width(), 3, i -> pixels.apply(from + i)),
        Column.labels(files.stream().mapToInt(LabelledFile::label).toArray()),
        new Column(Field.of(Field.FILE, FieldType.TEXT), i -> Value.of(name(files.get(i)))));
  }

  private ImageSize common(List<LabelledFile> files, List<FileFact> facts) {
    ImageSize first = reading.size(facts.get(0).header());
    for (int i = 1; i < facts.size(); i++) {
      ImageSize own = reading.size(facts.get(i).header());
      if (!own.equals(first)) {
        throw new UserException(
            ("%s is %s but %s is %s; images must have one size, pass --set data.side=N to resize"
                    + " them to N x N")
                .formatted(files.get(0).file(), first, files.get(i).file(), own));
      }
    }
    return first;
  }
}
