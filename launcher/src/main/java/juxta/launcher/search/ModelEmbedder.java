package juxta.launcher.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.Model;
import juxta.api.ModelFunction;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/** Embeds with the functions of a frozen model. */
public final class ModelEmbedder implements Embedder {
  private final String id;
  private final List<Field> inputs;
  private final Evaluation.Applied embed;
  private final Optional<Evaluation.Applied> embedText;

  // TensorFlow spreads one run over all cores: more at once take memory and are no faster
  private final Semaphore turns = new Semaphore(2, true);

  /**
   * Prepares the functions.
   *
   * @param id says which model it is
   * @param evaluation the model
   * @throws UserException if it has no function for images
   */
  public ModelEmbedder(String id, Evaluation evaluation) {
    Model model = evaluation.model();
    check(model);
    this.id = id;
    this.inputs = model.inputs(ModelFunction.EMBED);
    this.embed = evaluation.open(ModelFunction.EMBED, inputs);
    this.embedText =
        model.functions().contains(ModelFunction.EMBED_TEXT)
            ? Optional.of(
                evaluation.open(ModelFunction.EMBED_TEXT, model.inputs(ModelFunction.EMBED_TEXT)))
            : Optional.empty();
  }

  /** Refuses a model without a function for images. */
  static void check(Model model) {
    if (!model.functions().contains(ModelFunction.EMBED)) {
      throw new UserException(
          "this model cannot be searched with: it has no function 'embed', only "
              + String.join(", ", model.functions())
              + "; name a run whose method learns a representation of images");
    }
  }

  @Override
  public String model() {
    return id;
  }

  @Override
  public List<Field> inputs() {
    return inputs;
  }

  @Override
  public Matrix images(List<Map<String, Value>> records) {
    return matrix(records.size(), inTurn(() -> embed.records(records, ModelFunction.EMBEDDING)));
  }

  @Override
  public boolean takesText() {
    return embedText.isPresent();
  }

  @Override
  public Optional<String> objection(String text) {
    if (embedText.isEmpty()) {
      return Optional.of(
          "this model was trained on images only and cannot search by text; search with a picture");
    }
    if (text.isBlank()) {
      return Optional.of("the description is empty; write what the image should show");
    }
    return embedText.get().objection(record(text));
  }

  @Override
  public float[] text(String text) {
    Value vector =
        inTurn(
            () -> embedText.orElseThrow().records(List.of(record(text)), ModelFunction.EMBEDDING));
    return Tensors.floats(vector);
  }

  private static Map<String, Value> record(String text) {
    return Map.of(Field.TEXT, Value.of(text));
  }

  private Value inTurn(Supplier<Value> work) {
    turns.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private static Matrix matrix(int rows, Value value) {
    float[] values = Tensors.floats(value);
    return new Matrix(rows, values.length / rows, values);
  }

  @Override
  public void close() {
    embed.close();
    embedText.ifPresent(Evaluation.Applied::close);
  }
}
