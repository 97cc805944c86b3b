package juxta.engine.preview;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Sampler;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.api.View;
import juxta.engine.hardware.DeviceChoice;
import juxta.engine.hardware.Devices;
import juxta.engine.run.Choices;
import juxta.engine.run.RunSetup;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.Placement;
import juxta.engine.train.Precision;
import juxta.engine.train.StepDriver;
import juxta.engine.train.Trainer;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Draws views of a few records with the augmentation of a run: in a graph, as training steps draw
 * them, on the processor.
 */
public final class Draws {
  /** Records at once, and their bytes at most: scans are large. */
  private static final int TOGETHER = 8;

  private static final long BYTES = 64L << 20;

  private static final String ZERO = "zero";
  private static final String ONE = "one";

  private final Setup setup;

  /**
   * Prepares to draw.
   *
   * @param choices the augmentation, which must have been chosen
   * @param data what the run would train on
   * @param folder a folder that need not be there
   */
  public Draws(Choices choices, Dataset data, Path folder) {
    this.setup = new RunSetup(choices, data, folder);
  }

  /**
   * What was drawn.
   *
   * @param views by record, then by draw: the fields that the augmentation changed, with their
   *     values for that record
   * @param black by channel the value that views give to black; empty where records have no images
   * @param white by channel the value that views give to white
   */
  public record Drawn(List<List<Map<String, Value>>> views, float[] black, float[] white) {}

  /** A view, drawn in a step. */
  private record Draw(View view, int step) {}

  /**
   * Draws.
   *
   * @param fields what each record has, of fixed shapes
   * @param records values by field
   * @param views the views of a step
   * @param steps how many steps draw them; each draws anew
   * @return for each record the views of the first step, then those of the next
   * @throws UserException if the augmentation cannot make these views of these records
   */
  public Drawn of(
      List<Field> fields, List<Map<String, Value>> records, List<View> views, int steps) {
    List<Draw> draws = new ArrayList<>();
    IntStream.range(0, steps).forEach(s -> views.forEach(view -> draws.add(new Draw(view, s))));
    int together = together(fields, records.size());
    Map<String, Operand<? extends TType>> wanted = new LinkedHashMap<>();
    TrainingPhase phase =
        TrainingPhase.of(
            steps,
            new Chunks(records.size(), together, steps),
            Map.of(),
            context -> build(context, views, wanted));
    List<List<Map<String, Value>>> drawn = new ArrayList<>();
    records.forEach(
        record -> {
          List<Map<String, Value>> own = new ArrayList<>();
          draws.forEach(draw -> own.add(new LinkedHashMap<>()));
          drawn.add(own);
        });
    float[] black = {};
    float[] white = {};
    try (StepDriver driver =
        new StepDriver(
            "train", phase, conditions(setup, held(fields, records)), new ParameterStore())) {
      for (int first = 0; first < records.size(); first += together) {
        for (int s = 0; s < steps; s++) {
          long number = (long) first / together * steps + s;
          Map<String, Value> values = driver.look(number, wanted, Map.of());
          for (int i = first; i < Math.min(records.size(), first + together); i++) {
            share(values, i - first, drawn.get(i).subList(s * views.size(), draws.size()));
          }
          black = values.containsKey(ZERO) ? Tensors.floats(values.get(ZERO)) : black;
          white = values.containsKey(ONE) ? Tensors.floats(values.get(ONE)) : white;
        }
      }
    }
    return new Drawn(drawn, black, white);
  }

  private static int together(List<Field> fields, int records) {
    long bytes = Math.max(1, fields.stream().mapToLong(Field::bytes).sum());
    return (int) Math.max(1, Math.min(Math.min(TOGETHER, records), BYTES / bytes));
  }

  /** Adds to what is wanted, under names such as {@code 1 image}, the fields that views change. */
  private Step build(
      StepContext context, List<View> views, Map<String, Operand<? extends TType>> wanted) {
    GraphScope scope = context.scope();
    Batch batch = context.batch();
    for (int i = 0; i < views.size(); i++) {
      int number = i;
      Batch view = setup.view(scope, batch, views.get(i));
      view.fields()
          .forEach(
              (field, value) -> {
                if (batch.fields().get(field) != value) {
                  wanted.put(number + " " + field, value);
                }
              });
    }
    if (batch.fields().containsKey(Field.IMAGE)
        && batch.get(Field.IMAGE).shape().numDimensions() == 4) {
      int channels = (int) batch.get(Field.IMAGE).shape().get(3);
      wanted.put(ZERO, pixels(scope, channels, 0));
      wanted.put(ONE, pixels(scope, channels, 1));
    }
    return Step.of(scope.constant(0));
  }

  /** The value that a level has in views, by channel. */
  private Operand<TFloat32> pixels(GraphScope scope, int channels, float level) {
    float[] levels = new float[channels];
    Arrays.fill(levels, level);
    Operand<TFloat32> image =
        scope
            .tf()
            .reshape(scope.tf().constant(levels), scope.tf().constant(new int[] {1, 1, 1, -1}));
    return scope.tf().identity(setup.pixels(scope, image));
  }

  /** Gives a record what is its own of the fetched batches. */
  private static void share(Map<String, Value> values, int row, List<Map<String, Value>> views) {
    values.forEach(
        (name, value) -> {
          int blank = name.indexOf(' ');
          if (blank > 0) {
            int view = Integer.parseInt(name.substring(0, blank));
            views.get(view).put(name.substring(blank + 1), row(value, row));
          }
        });
  }

  private static Value row(Value batch, int row) {
    int bytes = Math.toIntExact(batch.data().remaining() / batch.shape().get(0));
    ByteBuffer own = batch.data().slice(row * bytes, bytes);
    return new Value(batch.type(), batch.shape().subList(1, batch.shape().size()), own);
  }

  private static Dataset held(List<Field> fields, List<Map<String, Value>> records) {
    List<Column> columns =
        fields.stream().map(f -> new Column(f, i -> records.get(i).get(f.name()))).toList();
    return new OpenDataset(
        "preview", Map.of(Dataset.TRAIN, new ColumnSplit(records.size(), columns)), List.of(), "");
  }

  /** On the processor: a few records are no work for a card. */
  static Trainer.Conditions conditions(Setup setup, Dataset data) {
    return new Trainer.Conditions(
        data,
        setup.seed(),
        Precision.FLOAT32,
        new Placement(Devices.here().choose(new DeviceChoice.Cpu()), 0),
        setup.artefacts());
  }

  /**
   * So many records after the other, as often as there are steps; the last batch is filled up.
   *
   * @param records number of records
   * @param size records a batch
   * @param times steps that see the same records
   */
  private record Chunks(int records, int size, int times) implements Sampler {
    @Override
    public Map<String, Stream> streams() {
      return Map.of(MAIN, new Stream(Dataset.TRAIN, size));
    }

    @Override
    public long stepsPerEpoch() {
      return (records + size - 1L) / size;
    }

    @Override
    public Map<String, int[]> indices(long seed, long step) {
      int first = (int) (step / times) * size;
      return Map.of(
          MAIN, IntStream.range(first, first + size).map(i -> Math.min(i, records - 1)).toArray());
    }
  }
}
