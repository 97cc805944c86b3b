package juxta.plugin.datasets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.MaskClass;
import juxta.api.Split;

/**
 * A data set whose parts are known once it is open.
 *
 * @param id the provider's id
 * @param kind what the records hold
 * @param splits by name, in the order of the map
 * @param classes names in label order
 * @param maskClasses classes of masks in order of their indices
 * @param fingerprint SHA-256 of what determines the content
 */
record OpenDataset(
    String id,
    DataKind kind,
    Map<String, Split> splits,
    List<String> classes,
    List<MaskClass> maskClasses,
    String fingerprint)
    implements Dataset {
  OpenDataset {
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    classes = List.copyOf(classes);
    maskClasses = List.copyOf(maskClasses);
  }

  /** A data set without classes of masks. */
  OpenDataset(
      String id,
      DataKind kind,
      Map<String, Split> splits,
      List<String> classes,
      String fingerprint) {
    this(id, kind, splits, classes, List.of(), fingerprint);
  }

  /** A data set of images. */
  OpenDataset(String id, Map<String, Split> splits, List<String> classes, String fingerprint) {
    this(id, DataKind.IMAGES, splits, classes, fingerprint);
  }
}
