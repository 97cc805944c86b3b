package juxta.launcher.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Matrix;
import juxta.api.Value;

/**
 * A model that was never trained. The vector of an image depends on its colour and so does that of
 * a text: words of {@link Films} are looked up.
 */
public final class FakeEmbedder implements Embedder {
  private static final List<String> WORDS =
      List.of("adult", "young", "female", "male", "gingivitis", "periodontitis", "stage", "ii");

  private final String model;
  private final boolean texts;
  private final long side;
  final AtomicInteger embedded = new AtomicInteger();
  private int most = Integer.MAX_VALUE;

  public FakeEmbedder(String model, boolean texts) {
    this(model, texts, 6);
  }

  FakeEmbedder(String model, boolean texts, long side) {
    this.model = model;
    this.texts = texts;
    this.side = side;
  }

  /** From now on it fails after so many images. */
  FakeEmbedder failingAfter(int images) {
    most = images;
    return this;
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public List<Field> inputs() {
    return List.of(Field.of(Field.IMAGE, FieldType.UINT8, side, side, 3));
  }

  @Override
  public Matrix images(List<Map<String, Value>> records) {
    if (embedded.addAndGet(records.size()) > most) {
      throw new IllegalStateException("killed");
    }
    if (records.stream().map(r -> r.get(Field.IMAGE).shape()).distinct().count() != 1) {
      throw new IllegalArgumentException("images of several sizes at once");
    }
    List<float[]> rows = new ArrayList<>();
    for (Map<String, Value> record : records) {
      Value image = record.get(Field.IMAGE);
      int number = (image.data().get(0) & 0xFF) | (image.data().get(1) & 0xFF) << 8;
      float[] row = words(Films.text(number));
      row[WORDS.size()] = 0.01f * (number % 97);
      rows.add(row);
    }
    float[] all = new float[rows.size() * (WORDS.size() + 1)];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * rows.get(i).length, rows.get(i).length);
    }
    return new Matrix(rows.size(), WORDS.size() + 1, all);
  }

  @Override
  public boolean takesText() {
    return texts;
  }

  @Override
  public Optional<String> objection(String text) {
    if (text.isBlank()) {
      return Optional.of("the description is empty");
    }
    return known(text).isEmpty()
        ? Optional.of("no word of '" + text + "' is known to the model")
        : Optional.empty();
  }

  @Override
  public float[] text(String text) {
    return words(text);
  }

  private static List<String> known(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z]+"))
        .filter(WORDS::contains)
        .toList();
  }

  private static float[] words(String text) {
    float[] row = new float[WORDS.size() + 1];
    known(text).forEach(word -> row[WORDS.indexOf(word)] = 1);
    return row;
  }

  @Override
  public void close() {}
}
