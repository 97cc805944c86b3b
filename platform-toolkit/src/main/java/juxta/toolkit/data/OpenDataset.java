package juxta.toolkit.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
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
 * @param otherForms what {@link Dataset#readAs} answers of splits whose fields differ
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
    Optional<TextTemplate> textTemplate,
    BiFunction<String, String, Optional<Split>> otherForms)
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
   * @param otherForms see the record
   */
  public OpenDataset {
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    classes = List.copyOf(classes);
    maskClasses = List.copyOf(maskClasses);
  }

  /**
   * A data set each of whose splits can be read in its own form alone.
   *
   * @param id the provider's id
   * @param kind what the records hold
   * @param splits by name, in the order of the map
   * @param classes names in label order
   * @param maskClasses classes of masks in order of their indices
   * @param fingerprint SHA-256 of what determines the content
   * @param evidence how the fingerprint was come by
   * @param pictures how images are made of pictures, if they are
   * @param textTemplate how texts are put together, if they are
   */
  public OpenDataset(
      String id,
      DataKind kind,
      Map<String, Split> splits,
      List<String> classes,
      List<MaskClass> maskClasses,
      String fingerprint,
      Evidence evidence,
      Optional<PictureForm> pictures,
      Optional<TextTemplate> textTemplate) {
    this(
        id,
        kind,
        splits,
        classes,
        maskClasses,
        fingerprint,
        evidence,
        pictures,
        textTemplate,
        (name, form) -> Optional.empty());
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
        id,
        kind,
        splits,
        classes,
        those,
        fingerprint,
        evidence,
        pictures,
        textTemplate,
        otherForms);
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
        textTemplate,
        otherForms);
  }

  /**
   * The same with a fingerprint that was come by in this way.
   *
   * @param way how
   * @return a new data set
   */
  public OpenDataset by(Evidence way) {
    return new OpenDataset(
        id,
        kind,
        splits,
        classes,
        maskClasses,
        fingerprint,
        way,
        pictures,
        textTemplate,
        otherForms);
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
        Optional.of(template),
        otherForms);
  }

  /**
   * The same with splits that can be read in the form of others.
   *
   * @param forms see {@link Dataset#readAs}; asked only where the fields differ
   * @return a new data set
   */
  public OpenDataset readable(BiFunction<String, String, Optional<Split>> forms) {
    return new OpenDataset(
        id,
        kind,
        splits,
        classes,
        maskClasses,
        fingerprint,
        evidence,
        pictures,
        textTemplate,
        forms);
  }

  @Override
  public Optional<Split> readAs(String name, String form) {
    return Dataset.super.readAs(name, form).or(() -> otherForms.apply(name, form));
  }
}
