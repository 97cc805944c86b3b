package juxta.plugin.datasets.medmnist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.UserException;
import juxta.plugin.datasets.file.Download;
import juxta.toolkit.data.DataFolder;

/**
 * The two-dimensional sets of MedMNIST v2, and any file in their layout: an {@code .npz} with the
 * arrays {@code train_images} uint8 [N, H, W] or [N, H, W, 3], {@code train_labels} [N, 1], and
 * {@code val_} and {@code test_} as well. The user names a file, or a folder and the set; without
 * either, the file is downloaded into the cache.
 */
public final class MedMnist implements DatasetProvider {
  private static final String AUTO = "auto";

  static final Setting<String> SET =
      Setting.choice(
              "set",
              AUTO,
              Stream.concat(Stream.of(AUTO), MedMnistSet.ALL.stream().map(MedMnistSet::name))
                  .toArray(String[]::new))
          .describe("which set; auto: what the file is called, or the only file of the folder")
          .source("own choice");

  static final Setting<Integer> SIZE =
      Setting.integer("size", 28)
          .range(28, 224)
          .describe("side of the images in pixels: 28, 64, 128 or 224; chooses the file")
          .source("https://medmnist.com: the standard size");

  static final Setting<String> FINDING =
      Setting.text("finding", "")
          .describe("of a set with several labels a record, the one that is the class")
          .source("own choice");

  static final Setting<String> URL =
      Setting.text("url", "https://zenodo.org/records/10519652/files/")
          .describe("address of the folder from which a missing file is downloaded")
          .source("medmnist/info.py of the authors' package, version 3.0.2");

  private final BiFunction<MedMnistSet, Integer, Download.Wanted> wanted;
  private final long mostInMemory;

  /** Creates the provider. */
  public MedMnist() {
    this(MedMnistSet::wanted, 256L << 20);
  }

  /**
   * For tests.
   *
   * @param wanted what a download fetches
   * @param mostInMemory bytes of an array of images that is kept in memory; larger ones are
   *     unpacked into the cache
   */
  MedMnist(BiFunction<MedMnistSet, Integer, Download.Wanted> wanted, long mostInMemory) {
    this.wanted = wanted;
    this.mostInMemory = mostInMemory;
  }

  @Override
  public String id() {
    return "medmnist";
  }

  @Override
  public String summary() {
    return "MedMNIST v2: medical images, grey or colour, 28 to 224 pixels; downloaded if absent";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(SET, SIZE, FINDING, URL);
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Yang, Shi, Wei, Liu, Zhao, Ke, Pfister and Ni",
            "MedMNIST v2: a large-scale lightweight benchmark for 2D and 3D biomedical image"
                + " classification",
            2023,
            "https://doi.org/10.1038/s41597-022-01721-8"));
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    int side = request.settings().get(SIZE);
    if (!MedMnistSet.SIDES.contains(side)) {
      throw new UserException(
          "medmnist: there are no images of "
              + side
              + " pixels; set data.size to 28, 64, 128 or 224");
    }
    Path file = file(request, side);
    Optional<MedMnistSet> set = chosen(request).or(() -> MedMnistSet.named(stem(file)));
    Path unpacked = request.cache().resolve(id()).resolve("unpacked");
    try (MedMnistFile open = MedMnistFile.open(file, set, unpacked, mostInMemory)) {
      return open.read(id(), request.settings().get(FINDING), request.progress());
    }
  }

  private static Optional<MedMnistSet> chosen(Request request) {
    return MedMnistSet.named(request.settings().get(SET));
  }

  private static String stem(Path file) {
    return DataFolder.name(file).replaceFirst("\\.npz$", "");
  }

  private Path file(Request request, int side) {
    Optional<MedMnistSet> set = chosen(request);
    if (request.path().isEmpty()) {
      return download(
          request,
          set.orElseThrow(
              () ->
                  new UserException(
                      "medmnist: which set? Name a file, --data medmnist:/path/file.npz, or set"
                          + " data.set to download one: "
                          + String.join(
                              ", ", MedMnistSet.ALL.stream().map(MedMnistSet::name).toList()))),
          side);
    }
    Path path = request.path().get();
    if (!Files.isDirectory(path)) {
      return path;
    }
    if (set.isPresent()) {
      Path file = path.resolve(set.get().stem(side) + ".npz");
      if (!Files.exists(file)) {
        throw new UserException(
            "medmnist: %s holds no %s; name the folder that has it, or leave the path away to download it"
                .formatted(path, DataFolder.name(file)));
      }
      return file;
    }
    List<Path> files =
        DataFolder.list(path).stream().filter(f -> DataFolder.name(f).endsWith(".npz")).toList();
    if (files.size() != 1) {
      throw new UserException(
          "medmnist: %s holds %s .npz files; name one of them, or say which by data.set and data.size"
              .formatted(path, files.isEmpty() ? "no" : Integer.toString(files.size())));
    }
    return files.get(0);
  }

  private Path download(Request request, MedMnistSet set, int side) {
    return new Download(
            Download.web(request.settings().get(URL)),
            "connect to the network and run again, or name a file that you have:"
                + " --data medmnist:/path/"
                + set.stem(side)
                + ".npz")
        .fetch(wanted.apply(set, side), request.cache().resolve(id()), request.progress());
  }
}
