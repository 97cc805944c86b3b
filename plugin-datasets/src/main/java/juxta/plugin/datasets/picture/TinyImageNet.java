package juxta.plugin.datasets.picture;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.FileNames;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.io.Excerpt;
import juxta.toolkit.picture.ImageFiles;
import juxta.toolkit.picture.LabelledFile;
import juxta.toolkit.picture.PackedPictures;
import juxta.toolkit.picture.PictureFiles;
import juxta.toolkit.picture.PictureReading;

/**
 * Tiny-ImageNet: {@code wnids.txt}, {@code words.txt}, {@code train/<wnid>/images}, {@code
 * val/images}, {@code val/val_annotations.txt}. The official test pictures have no labels, so, as
 * is usual, the split {@code test} holds the validation pictures.
 */
public final class TinyImageNet implements DatasetProvider {
  private static final String CONTENTS =
      "wnids.txt, train/<wnid>/images and val/val_annotations.txt";

  /** Creates the provider. */
  public TinyImageNet() {}

  @Override
  public String id() {
    return "tiny-imagenet";
  }

  @Override
  public String summary() {
    return "Tiny-ImageNet: natural images 64x64, 200 classes (or a part of them)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        ImageFiles.SIDE, PackedPictures.SETTING, PictureReading.WINDOW, PictureReading.ORIENTATION);
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Le and Yang",
            "Tiny ImageNet Visual Recognition Challenge",
            2015,
            "http://cs231n.stanford.edu/tiny-imagenet-200.zip"));
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    Path folder =
        DataFolder.find(request, id(), List.of("tiny-imagenet-200"), "wnids.txt", CONTENTS);
    List<String> wnids = DataFolder.lines(folder.resolve("wnids.txt"));
    Map<String, Integer> labels = new LinkedHashMap<>();
    for (String wnid : wnids) {
      if (labels.put(wnid, labels.size()) != null) {
        throw new UserException(
            folder.resolve("wnids.txt") + ": names " + wnid + " twice; remove one of the lines");
      }
    }
    Map<String, List<LabelledFile>> files = new LinkedHashMap<>();
    files.put(Dataset.TRAIN, training(folder, labels));
    files.put(Dataset.TEST, validation(folder.resolve("val"), labels));
    Fingerprint fingerprint = new Fingerprint();
    ImageFiles reader = new ImageFiles(folder, request);
    Map<String, Split> splits = reader.open(files, fingerprint);
    return new OpenDataset(id(), splits, words(folder, wnids), fingerprint.hex())
        .by(reader.evidence())
        .picturing(reader.form());
  }

  private static List<LabelledFile> training(Path folder, Map<String, Integer> labels) {
    List<LabelledFile> files = new ArrayList<>();
    labels.forEach(
        (wnid, label) -> {
          Path images = folder.resolve("train").resolve(wnid).resolve("images");
          List<Path> found = DataFolder.list(images).stream().filter(PictureFiles::named).toList();
          if (found.isEmpty()) {
            throw new UserException(
                images
                    + ": holds no images; unpack the archive again, or remove "
                    + wnid
                    + " from wnids.txt");
          }
          found.forEach(file -> files.add(new LabelledFile(file, label)));
        });
    return files;
  }

  /** Lines are: file name, wnid, four corners of a box. */
  private static List<LabelledFile> validation(Path val, Map<String, Integer> labels) {
    Path annotations = val.resolve("val_annotations.txt");
    List<LabelledFile> files = new ArrayList<>();
    int number = 0;
    for (String line : DataFolder.lines(annotations)) {
      number++;
      String[] cells = line.split("\t");
      if (cells.length < 2 || !labels.containsKey(cells[1])) {
        throw new UserException(
            ("%s, line %d: '%s' is no file name and wnid of wnids.txt, separated by a tab; mend"
                    + " the line or remove it")
                .formatted(annotations, number, Excerpt.of(line)));
      }
      try {
        files.add(new LabelledFile(val.resolve("images").resolve(cells[0]), labels.get(cells[1])));
      } catch (InvalidPathException e) {
        throw new UserException(annotations + ", line " + number + ": " + FileNames.explain(e), e);
      }
    }
    if (files.isEmpty()) {
      throw new UserException(annotations + ": is empty; unpack the archive again");
    }
    return files;
  }

  /** The first of the words that {@code words.txt} has for each class. */
  private static List<String> words(Path folder, List<String> wnids) {
    Path file = folder.resolve("words.txt");
    Map<String, String> words = new HashMap<>();
    if (Files.exists(file)) {
      for (String line : DataFolder.lines(file)) {
        String[] cells = line.split("\t", 2);
        if (cells.length == 2) {
          words.put(cells[0], cells[1].split(",")[0].strip());
        }
      }
    }
    return wnids.stream().map(wnid -> words.getOrDefault(wnid, wnid)).toList();
  }
}
