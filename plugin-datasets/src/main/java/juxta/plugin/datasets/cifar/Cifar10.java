package juxta.plugin.datasets.cifar;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Reference;

/**
 * CIFAR-10, binary version: records of 3,073 bytes. Every {@code data_batch*.bin} is training data,
 * in the order of the names; {@code test_batch.bin} is the test split.
 */
public final class Cifar10 implements DatasetProvider {
  static final Reference REFERENCE =
      new Reference(
          "Krizhevsky",
          "Learning Multiple Layers of Features from Tiny Images",
          2009,
          "https://www.cs.toronto.edu/~kriz/cifar.html");

  private static final CifarLayout LAYOUT =
      new CifarLayout(
          "cifar10",
          "cifar-10-batches-bin",
          Pattern.compile("data_batch.*\\.bin"),
          "test_batch.bin",
          1,
          0,
          "batches.meta.txt",
          List.of(
              "airplane",
              "automobile",
              "bird",
              "cat",
              "deer",
              "dog",
              "frog",
              "horse",
              "ship",
              "truck"));

  /** Creates the provider. */
  public Cifar10() {}

  @Override
  public String id() {
    return LAYOUT.id();
  }

  @Override
  public String summary() {
    return "CIFAR-10, binary version: natural images 32x32, 10 classes";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(REFERENCE);
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    return LAYOUT.open(request);
  }
}
