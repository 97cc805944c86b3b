package juxta.api;

import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A named column of a split.
 *
 * @param name its name, by convention one of the constants below where the field is one of those
 * @param type type of the elements
 * @param shape shape of one record's value; -1 where it differs from record to record
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Field(String name, FieldType type, List<Long> shape) {
  /** The usual name of the image field. */
  public static final String IMAGE = "image";

  /** The usual name of the class label field. */
  public static final String LABEL = "label";

  /** The usual name of the field that says which object a picture shows. */
  public static final String INSTANCE = "instance";

  /** The usual name of the field with a class index a pixel or voxel. */
  public static final String MASK = "mask";

  /**
   * Value of a mask of images where no class is known: such pixels are neither learned nor scored.
   */
  public static final int IGNORED = 255;

  /** The usual name of the text field. */
  public static final String TEXT = "text";

  /** The usual name of the field with a three-dimensional scan. */
  public static final String VOLUME = "volume";

  /**
   * The usual name of the field with the voxels that a scan has along each axis, int32 [3]: scans
   * of several sizes are filled up at the ends of their axes to lie side by side.
   */
  public static final String EXTENT = "extent";

  /** The usual name of the field with the millimetres between voxels, float32 [3]. */
  public static final String SPACING = "spacing";

  /**
   * The usual name of the field with 3 x 4 numbers, row by row, that take a voxel's indices to
   * millimetres, float32 [12]. Without it scans lie along the patient's axes, with the first voxel
   * at the origin.
   */
  public static final String AFFINE = "affine";

  /** The usual name of the field with the {@link #EXTENT} that a scan has in its file. */
  public static final String SOURCE_EXTENT = "source-extent";

  /** The usual name of the field with the {@link #AFFINE} that a scan has in its file. */
  public static final String SOURCE_AFFINE = "source-affine";

  /**
   * The usual name of the field that is 1 where the mask may be seen and 0 where it was blotted
   * out, int32 [].
   */
  public static final String LABELLED = "labelled";

  /** The usual name of the field with what a scan is called; without it scans have numbers. */
  public static final String CASE = "case";

  /** The usual name of the field that says whose a scan or image is; folds keep them together. */
  public static final String PATIENT = "patient";

  /** The usual name of the field with the place that an image shows; folds keep them together. */
  public static final String AREA = "area";

  /** The usual name of the field with the ways to say a {@link #TEXT}, one a line. */
  public static final String CAPTION = "caption";

  /** The usual name of the field with the name of the file that a record is of. */
  public static final String FILE = "file";

  /**
   * Checks and copies.
   *
   * @param name see the record
   * @param type see the record
   * @param shape see the record
   */
  public Field {
    shape = List.copyOf(shape);
  }

  /**
   * A field of the given shape.
   *
   * @param name the name
   * @param type the type of the elements
   * @param shape the shape of one value, -1 where it differs
   * @return the field
   */
  public static Field of(String name, FieldType type, long... shape) {
    return new Field(name, type, Arrays.stream(shape).boxed().toList());
  }

  /**
   * Whether all records have values of the same shape.
   *
   * @return false if a dimension differs from record to record
   */
  public boolean fixed() {
    return type != FieldType.TEXT && shape.stream().allMatch(d -> d >= 0);
  }

  /**
   * Number of elements of one value.
   *
   * @return the product of the dimensions
   * @throws IllegalStateException if the shape is not fixed
   */
  public long elements() {
    if (!fixed()) {
      throw new IllegalStateException("field " + name + " has no fixed shape: " + shape);
    }
    return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  /**
   * Bytes of one value.
   *
   * @return elements times bytes an element
   */
  public long bytes() {
    return Math.multiplyExact(elements(), type.bytes());
  }
}
