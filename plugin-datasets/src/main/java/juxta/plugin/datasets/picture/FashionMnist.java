package juxta.plugin.datasets.picture;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.UserException;
import juxta.plugin.datasets.file.Download;

/**
 * Fashion-MNIST. The files are looked for in the folder given; without one, where the Debian
 * package {@code dataset-fashion-mnist} puts them, then in the cache; then they are downloaded.
 */
public final class FashionMnist implements DatasetProvider {
  static final Setting<String> URL =
      Setting.text("url", "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")
          .describe("address of the folder from which missing files are downloaded")
          .source("https://github.com/zalandoresearch/fashion-mnist, section Get the Data");

  /** The published files: their MD5 is in the authors' README, their SHA-256 was computed. */
  static final List<Download.Wanted> FILES =
      List.of(
          new Download.Wanted(
              "train-images-idx3-ubyte.gz",
              26421880,
              "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
          new Download.Wanted(
              "train-labels-idx1-ubyte.gz",
              29515,
              "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
          new Download.Wanted(
              "t10k-images-idx3-ubyte.gz",
              4422102,
              "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
          new Download.Wanted(
              "t10k-labels-idx1-ubyte.gz",
              5148,
              "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"));

  private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");

  private static final IdxLayout LAYOUT =
      new IdxLayout(
          "fashion-mnist",
          List.of(
              "t-shirt/top",
              "trouser",
              "pullover",
              "dress",
              "coat",
              "sandal",
              "shirt",
              "sneaker",
              "bag",
              "ankle boot"));

  private final Path system;
  private final List<Download.Wanted> files;

  /** Creates the provider. */
  public FashionMnist() {
    this(DEBIAN, FILES);
  }

  /**
   * For tests.
   *
   * @param system folder of the system's package
   * @param files what a download fetches
   */
  FashionMnist(Path system, List<Download.Wanted> files) {
    this.system = system;
    this.files = files;
  }

  @Override
  public String id() {
    return LAYOUT.id();
  }

  @Override
  public String summary() {
    return "Fashion-MNIST: grey images 28x28 of clothes, 10 classes; downloaded if absent (30 MB)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(URL);
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Xiao, Rasul and Vollgraf",
            "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms",
            2017,
            "https://arxiv.org/abs/1708.07747"));
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    return LAYOUT.open(folder(request), request.progress());
  }

  private Path folder(Request request) {
    if (request.path().isPresent()) {
      Path folder = request.path().get();
      if (!IdxLayout.looksRight(folder)) {
        throw new UserException(
            ("fashion-mnist: found no train-images-idx3-ubyte in %s; name the folder that holds %s:"
                    + " --data fashion-mnist:/path, or leave the path away to download them")
                .formatted(folder, IdxLayout.CONTENTS));
      }
      return folder;
    }
    if (IdxLayout.looksRight(system)) {
      return system;
    }
    Path cache = request.cache().resolve(id());
    if (!IdxLayout.complete(cache)) {
      Download download =
          new Download(
              Download.web(request.settings().get(URL)),
              "connect to the network and run again, or install the Debian package"
                  + " dataset-fashion-mnist, or name a folder that has the files:"
                  + " --data fashion-mnist:/path");
      files.forEach(file -> download.fetch(file, cache, request.progress()));
    }
    return cache;
  }
}
