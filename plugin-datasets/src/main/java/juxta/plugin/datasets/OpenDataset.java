package juxta.plugin.datasets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.MaskClass;
import juxta.api.RawPicture;
import juxta.api.Split;
import juxta.api.TextTemplate;
import juxta.api.Value;

/**
 * A data set whose parts are known once it is open.
 *
 * @param id the provider's id
 * @param kind what the records hold
 * @param splits by name, in the order of the map
 * @param classes names in label order
 * @param maskClasses classes of masks in order of their indices
 * @param fingerprint SHA-256 of what determines the content
 * @param evidence how the fingerprint was come by
 * @param reader what it would make of other pictures
 * @param textTemplate how texts are put together
 */
record OpenDataset(
    String id,
    DataKind kind,
    Map<String, Split> splits,
    List<String> classes,
    List<MaskClass> maskClasses,
    String fingerprint,
    Evidence evidence,
    Optional<Function<RawPicture, Picture>> reader,
    Optional<TextTemplate> textTemplate)
    implements Dataset {
  OpenDataset {
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    classes = List.copyOf(classes);
    maskClasses = List.copyOf(maskClasses);
  }

  /** A data set that has no rule for other pictures. */
  OpenDataset(
      String id,
      DataKind kind,
      Map<String, Split> splits,
      List<String> classes,
      List<MaskClass> maskClasses,
      String fingerprint) {
    this(
        id,
        kind,
        splits,
        classes,
        maskClasses,
        fingerprint,
        Evidence.CONTENT,
        Optional.empty(),
        Optional.empty());
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

  /** The same with a rule for other pictures. */
  OpenDataset reading(Function<RawPicture, Picture> rule) {
    return new OpenDataset(
        id,
        kind,
        splits,
        classes,
        maskClasses,
        fingerprint,
        evidence,
        Optional.of(rule),
        textTemplate);
  }

  /** The same with a fingerprint that was come by in this way. */
  OpenDataset by(Evidence way) {
    return new OpenDataset(
        id, kind, splits, classes, maskClasses, fingerprint, way, reader, textTemplate);
  }

  /** The same with texts that are put together so. */
  OpenDataset composing(TextTemplate template) {
    return new OpenDataset(
        id,
        kind,
        splits,
        classes,
        maskClasses,
        fingerprint,
        evidence,
        reader,
        Optional.of(template));
  }

  @Override
  public Optional<Value> image(RawPicture picture) {
    return reader.map(rule -> rule.apply(picture).value());
  }
}
