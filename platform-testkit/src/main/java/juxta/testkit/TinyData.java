package juxta.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.MaskClass;
import juxta.api.Split;
import juxta.api.Value;

/**
 * A few generated images of four classes, with masks of bright and dark pixels, with texts that
 * name the class or without.
 *
 * @param kind whether there are texts
 * @param splits train and test
 */
record TinyData(DataKind kind, Map<String, Split> splits) implements Dataset {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");
  private static final int CLASSES = NAMES.size();
  private static final String SENTENCE = "the picture shows ";
  private static final int CONTRAST = 192;
  private static final int NOISE = 64;

  /** Images that show their class, or (if they are not telling) nothing but noise. */
  static TinyData of(int train, int test, int side, int channels, boolean telling) {
    return of(DataKind.IMAGES, train, test, new Look(side, channels, telling));
  }

  /** The same images with texts that name their class. */
  static TinyData withTexts(int train, int test, int side, int channels, boolean telling) {
    return of(DataKind.IMAGES_WITH_TEXT, train, test, new Look(side, channels, telling));
  }

  private static TinyData of(DataKind kind, int train, int test, Look look) {
    boolean texts = kind == DataKind.IMAGES_WITH_TEXT;
    return new TinyData(
        kind,
        Map.of(TRAIN, new Drawn(train, look, texts, 1), TEST, new Drawn(test, look, texts, 2)));
  }

  /** What methods, encoders and augmentations are tried with. */
  static TinyData small() {
    return of(16, 8, 32, 3, true);
  }

  /** What methods on images with texts are tried with. */
  static TinyData smallWithTexts() {
    return withTexts(16, 8, 32, 3, true);
  }

  /** The mean image that a text speaks of, row-major from 0 to 255. */
  static float[] meant(String text, int elements) {
    Random pattern = pattern(NAMES.indexOf(text.substring(SENTENCE.length())));
    float[] values = new float[elements];
    for (int i = 0; i < values.length; i++) {
      values[i] = pattern.nextInt(CONTRAST) + NOISE / 2f;
    }
    return values;
  }

  private static Random pattern(int label) {
    return new Random(label);
  }

  @Override
  public String id() {
    return "tiny";
  }

  @Override
  public List<String> classes() {
    return NAMES;
  }

  @Override
  public List<MaskClass> maskClasses() {
    return List.of(new MaskClass("dark", 0x000000), new MaskClass("bright", 0xffffff));
  }

  @Override
  public String fingerprint() {
    return "0";
  }

  private record Look(int side, int channels, boolean telling) {}

  private record Drawn(int size, Look look, boolean texts, long seed) implements Split {
    @Override
    public List<Field> fields() {
      List<Field> fields =
          new ArrayList<>(
              List.of(
                  Field.of(Field.IMAGE, FieldType.UINT8, look.side, look.side, look.channels),
                  Field.of(Field.LABEL, FieldType.INT32),
                  Field.of(Field.INSTANCE, FieldType.INT32),
                  Field.of(Field.MASK, FieldType.UINT8, look.side, look.side)));
      if (texts) {
        fields.add(Field.of(Field.TEXT, FieldType.TEXT));
        fields.add(Field.of(Field.CAPTION, FieldType.TEXT));
      }
      return fields;
    }

    @Override
    public Value value(String field, int record) {
      String text = SENTENCE + NAMES.get(record % CLASSES);
      return switch (field) {
        case Field.IMAGE -> image(record);
        case Field.MASK -> mask(record);
        case Field.TEXT -> Value.of(text);
        case Field.CAPTION ->
            Value.of(text + "\n" + NAMES.get(record % CLASSES) + " is what it shows");
        default -> Value.of(record % CLASSES);
      };
    }

    /** Which pixels are bright in all images of the class; the first is of no class. */
    private Value mask(int record) {
      Random pattern = pattern(record % CLASSES);
      byte[] classes = new byte[look.side * look.side];
      for (int i = 0; i < classes.length; i++) {
        for (int c = 0; c < look.channels; c++) {
          int shown = pattern.nextInt(CONTRAST);
          classes[i] = c > 0 ? classes[i] : (byte) (shown < CONTRAST / 2 ? 0 : 1);
        }
      }
      classes[0] = (byte) Field.IGNORED;
      return new Value(FieldType.UINT8, field(Field.MASK).shape(), ByteBuffer.wrap(classes));
    }

    private Value image(int record) {
      Random pattern = pattern(record % CLASSES);
      Random noise = new Random(seed * 1_000_003 + record);
      byte[] pixels = new byte[look.side * look.side * look.channels];
      for (int i = 0; i < pixels.length; i++) {
        int shown = look.telling ? pattern.nextInt(CONTRAST) : noise.nextInt(CONTRAST);
        pixels[i] = (byte) (shown + noise.nextInt(NOISE));
      }
      return new Value(FieldType.UINT8, field(Field.IMAGE).shape(), ByteBuffer.wrap(pixels));
    }
  }
}
