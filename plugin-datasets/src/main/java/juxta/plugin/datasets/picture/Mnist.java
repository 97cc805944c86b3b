package juxta.plugin.datasets.picture;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Reference;
import juxta.api.UserException;

/** MNIST, or any set of ten classes in its format (KMNIST, …), from a folder. */
public final class Mnist implements DatasetProvider {
  private static final IdxLayout LAYOUT =
      new IdxLayout("mnist", List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));

  /** Creates the provider. */
  public Mnist() {}

  @Override
  public String id() {
    return LAYOUT.id();
  }

  @Override
  public String summary() {
    return "MNIST and sets in its format (IDX files): grey images 28x28, 10 classes";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "LeCun, Bottou, Bengio and Haffner",
            "Gradient-Based Learning Applied to Document Recognition",
            1998,
            "http://yann.lecun.com/exdb/mnist/"));
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    Path folder = request.path().orElse(request.cache().resolve(id()));
    if (!IdxLayout.looksRight(folder)) {
      throw new UserException(
          "mnist: found no train-images-idx3-ubyte in %s; name the folder that holds %s: --data mnist:/path"
              .formatted(folder, IdxLayout.CONTENTS));
    }
    return LAYOUT.open(folder, request.progress());
  }
}
