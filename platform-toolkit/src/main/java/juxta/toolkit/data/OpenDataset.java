package juxta.toolkit.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.MaskClass;
import juxta.api.Split;
import juxta.api.TextTemplate;
import juxta.picture.PictureForm;

/**
 * A data set whose parts are known once it is open: what {@link juxta.api.DatasetProvider#open}
 * returns.
 *
 * @param id the provider's id
 * @param kind what the records hold
 * @param splits by name, in the order of the map
 * @param classes names in label order
 * @param maskClasses classes of masks in order of their indices
 * @param fingerprint SHA-256 of what determines the content, see {@link Fingerprint}
 * @param evidence how the fingerprint was come by
 * @param pictures how images are made of pictures, if they are
 * @param textTemplate how texts are put together, if they are
 */
public record OpenDataset(
    String id,
    DataKind kind,
    Map<String, Split> splits,
    List<String> classes,
    List<MaskClass> maskClasses,
    String fingerprint,
    Evidence evidence,
    Optional<PictureForm> pictures,
    Optional<TextTemplate> textTemplate)
    implements Dataset {
  /**
   * Copies map and lists.
   *
   * @param id see the record
   * @param kind see the record
   * @param splits see the record
   * @param classes see the record
   * @param maskClasses see the record
   * @param fingerprint see the record
   * @param evidence see the record
   * @param pictures see the record
   * @param textTemplate see the record
   */
  public OpenDataset {
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    classes = List.copyOf(classes);
    maskClasses = List.copyOf(maskClasses);
  }

  /**
   * A data set without classes of masks, all of whose content was read.
   *
   * @param id the provider's id
   * @param kind what the records hold
   * @param splits by name, in the order of the map
   * @param classes names in label order
   * @param fingerprint SHA-256 of what determines the content
   */
  public OpenDataset(
      String id,
      DataKind kind,
      Map<String, Split> splits,
      List<String> classes,
      String fingerprint) {
    this(
        id,
        kind,
        splits,
        classes,
        List.of(),
        fingerprint,
        Evidence.CONTENT,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * A data set of images, all of whose content was read.
   *
   * @param id the provider's id
   * @param splits by name, in the order of the map
   * @param classes names in label order
   * @param fingerprint SHA-256 of what determines the content
   */
  public OpenDataset(
      String id, Map<String, Split> splits, List<String> classes, String fingerprint) {
    this(id, DataKind.IMAGES, splits, classes, fingerprint);
  }

  /**
   * The same with classes of masks.
   *
   * @param those the classes in the order of their indices
   * @return a new data set
   */
  public OpenDataset masked(List<MaskClass> those) {
    return new OpenDataset(
        id, kind, splits, classes, those, fingerprint, evidence, pictures, textTemplate);
  }

  /**
   * The same with images that are made of pictures so.
   *
   * @param form see {@link Dataset#pictures}
   * @return a new data set
   */
  public OpenDataset picturing(PictureForm form) {
    return new OpenDataset(
        id,
        kind,
        splits,
        classes,
        maskClasses,
        fingerprint,
        evidence,
        Optional.of(form),
        textTemplate);
  }

  /**
   * The same with a fingerprint that was come by in this way.
   *
   * @param way how
   * @return a new data set
   */
  public OpenDataset by(Evidence way) {
    return new OpenDataset(
        id, kind, splits, classes, maskClasses, fingerprint, way, pictures, textTemplate);
  }

  /**
   * The same with texts that are put together so.
   *
   * @param template the template
   * @return a new data set
   */
  public OpenDataset composing(TextTemplate template) {
    return new OpenDataset(
        id,
        kind,
        splits,
        classes,
        maskClasses,
        fingerprint,
        evidence,
        pictures,
        Optional.of(template));
  }
}
