package juxta.plugin.datasets.cifar;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Reference;
import juxta.api.Setting;

/**
 * CIFAR-100, binary version: records of 3,074 bytes, whose first two are the coarse and the fine
 * label.
 */
public final class Cifar100 implements DatasetProvider {
  static final Setting<String> LABELS =
      Setting.choice("labels", "fine", "fine", "coarse")
          .describe("100 fine classes, or the 20 coarse ones that group them")
          .source("the usual benchmark");

  private static final CifarLayout FINE = layout("fine", 1, 100);
  private static final CifarLayout COARSE = layout("coarse", 0, 20);

  /** Creates the provider. */
  public Cifar100() {}

  private static CifarLayout layout(String labels, int at, int classes) {
    return new CifarLayout(
        "cifar100",
        "cifar-100-binary",
        Pattern.compile("train\\.bin"),
        "test.bin",
        2,
        at,
        labels + "_label_names.txt",
        IntStream.range(0, classes).mapToObj(i -> labels + " class " + i).toList());
  }

  @Override
  public String id() {
    return FINE.id();
  }

  @Override
  public String summary() {
    return "CIFAR-100, binary version: natural images 32x32, 100 fine or 20 coarse classes";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(LABELS);
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(Cifar10.REFERENCE);
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    return (request.settings().get(LABELS).equals("fine") ? FINE : COARSE).open(request);
  }
}
