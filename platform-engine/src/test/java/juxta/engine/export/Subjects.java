package juxta.engine.export;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.engine.train.FrozenModel;

/** Models to export, of a run that nobody made. */
public final class Subjects {
  private Subjects() {}

  /** A model whose parameters have the same names in files. */
  public static Exported of(FrozenModel model) {
    return of(model, Map.of());
  }

  static Exported of(FrozenModel model, Map<String, String> aliases) {
    return new Exported(
        model,
        1,
        aliases,
        "simclr",
        Optional.empty(),
        "resnet-small",
        "shapes",
        List.of(),
        DataKind.IMAGES,
        List.of("disc", "square"),
        Optional.empty(),
        "0.1.0");
  }
}
