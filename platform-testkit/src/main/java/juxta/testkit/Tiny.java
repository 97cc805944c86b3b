package juxta.testkit;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What components are tried with: a few generated records of a kind of data that they treat. */
enum Tiny {
  /** Images of side 32. */
  IMAGES(DataKind.IMAGES, TinyData.small(), List.of(32, 32, 3), Field.IMAGE, Field.LABEL, 8),
  /** The same images with texts, for what learns from both. */
  TEXTS(
      DataKind.IMAGES_WITH_TEXT,
      TinyData.smallWithTexts(),
      List.of(32, 32, 3),
      Field.IMAGE,
      Field.LABEL,
      8),
  /** Patches of 32 x 32 x 16 voxels from scans that are a little larger; half have masks. */
  VOLUMES(
      DataKind.VOLUMES,
      TinyVolumes.small(),
      List.of(32, 32, 16, 1),
      Field.VOLUME,
      Field.LABELLED,
      4);

  /** Id of the parts of the testkit. */
  static final String ID = "tiny";

  private final DataKind kind;
  private final Dataset data;
  private final List<Integer> input;
  private final String field;
  private final String number;
  private final int batch;

  Tiny(DataKind kind, Dataset data, List<Integer> input, String field, String number, int batch) {
    this.kind = kind;
    this.data = data;
    this.input = input;
    this.field = field;
    this.number = number;
    this.batch = batch;
  }

  /** The first kind that a component treats; one that treats none of them is not tried. */
  static Tiny of(Set<DataKind> kinds) {
    List<Tiny> treated = Stream.of(values()).filter(t -> kinds.contains(t.kind)).toList();
    Promise.applies(!treated.isEmpty(), "it treats neither images nor volumes");
    return treated.get(0);
  }

  Dataset data() {
    return data;
  }

  /** Shape of what encoders take, without the batch. */
  List<Integer> input() {
    return input;
  }

  /** The field that is shown. */
  String field() {
    return field;
  }

  /** A field with a number a record. */
  String number() {
    return number;
  }

  /** Records a step. */
  int batch() {
    return batch;
  }

  /** Records as an encoder takes them. */
  Operand<TFloat32> shown(GraphScope scope, Batch batch) {
    if (this == VOLUMES) {
      return TinyViews.volumes(scope, batch, View.EVALUATION).floats(field);
    }
    return scope
        .tf()
        .math
        .div(scope.tf().dtypes.cast(batch.bytes(field), TFloat32.class), scope.constant(127));
  }
}
