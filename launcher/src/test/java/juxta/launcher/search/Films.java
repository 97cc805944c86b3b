package juxta.launcher.search;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.TextTemplate;
import juxta.api.Value;

/**
 * A data set in memory: squares of one colour with a text each. Colour {@code n} is taken for one
 * image, so that the same number is the same content.
 */
public record Films(DataKind kind, int side, Map<String, Split> splits) implements Dataset {
  private static final TextTemplate TEMPLATE =
      new TextTemplate("[{age-group} ][{sex} ]patient[ with {diagnosis}].");

  private static final List<String> AGES = List.of("adult", "young adult");
  private static final List<String> SEXES = List.of("female", "male");
  private static final List<String> STAGES = List.of("gingivitis", "stage ii periodontitis");

  /** Images with texts. */
  public static Films of(int[] train, int[] test) {
    return of(DataKind.IMAGES_WITH_TEXT, 6, train, test);
  }

  /** Of any kind; with side -1 images have different sizes. */
  public static Films of(DataKind kind, int side, int[] train, int[] test) {
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(TRAIN, new Rows(kind, side, train));
    splits.put(TEST, new Rows(kind, side, test));
    return new Films(kind, side, splits);
  }

  /** Numbers from and to, the end not among them. */
  public static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  @Override
  public String id() {
    return "films";
  }

  @Override
  public List<String> classes() {
    return List.of("even", "odd");
  }

  @Override
  public Optional<TextTemplate> textTemplate() {
    return kind == DataKind.IMAGES_WITH_TEXT ? Optional.of(TEMPLATE) : Optional.empty();
  }

  @Override
  public String fingerprint() {
    return Content.hash(
        splits.values().stream()
            .map(split -> IntStream.of(((Rows) split).numbers).boxed().toList().toString())
            .toArray(String[]::new));
  }

  /** The text of an image. */
  public static String text(int number) {
    return TEMPLATE.text(parts(number));
  }

  static Map<String, String> parts(int number) {
    return Map.of(
        "age-group", AGES.get(number % 2),
        "sex", SEXES.get(number / 2 % 2),
        "diagnosis", STAGES.get(number / 4 % 2));
  }

  /** The pixels of an image. */
  static Value image(int number, int side) {
    byte[] pixels = new byte[3 * side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 3 == 0 ? number : i % 3 == 1 ? number >> 8 : 7);
    }
    List<Long> shape = List.of((long) side, (long) side, 3L);
    return new Value(FieldType.UINT8, shape, ByteBuffer.wrap(pixels));
  }

  /** The images of one split. */
  record Rows(DataKind kind, int side, int[] numbers) implements Split {
    @Override
    public int size() {
      return numbers.length;
    }

    @Override
    public List<Field> fields() {
      Field image = Field.of(Field.IMAGE, FieldType.UINT8, side, side, 3);
      Field label = Field.of(Field.LABEL, FieldType.INT32);
      return kind == DataKind.IMAGES
          ? List.of(image, label)
          : List.of(
              image,
              label,
              Field.of(Field.TEXT, FieldType.TEXT),
              Field.of("caption", FieldType.TEXT),
              Field.of("age-group", FieldType.TEXT),
              Field.of("sex", FieldType.TEXT),
              Field.of("diagnosis", FieldType.TEXT));
    }

    @Override
    public Value value(String field, int record) {
      int number = numbers[record];
      return switch (field) {
        case Field.IMAGE -> image(number, side < 0 ? 4 + number % 3 : side);
        case Field.LABEL -> Value.of(number % 2);
        case Field.TEXT -> Value.of(text(number));
        case "caption" -> Value.of(text(number) + "\nanother way to say it");
        default -> Value.of(parts(number).get(field));
      };
    }
  }
}
