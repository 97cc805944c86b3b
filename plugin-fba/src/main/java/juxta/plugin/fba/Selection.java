package juxta.plugin.fba;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;
import juxta.toolkit.volume.Extent;
import juxta.toolkit.volume.Probabilities;
import juxta.toolkit.volume.Segmenter;
import juxta.toolkit.volume.Tiling;
import juxta.toolkit.volume.VolumeCase;

/**
 * Which weights of a run are kept: the last ones, or those with the best mean Dice on held-out
 * scans.
 */
final class Selection {
  /** Windows at once; the score does not depend on it. */
  private static final int BATCH = 4;

  /** Half of a window, the cheapest stride at which every voxel inside is seen more than once. */
  private static final int OVERLAP = 2;

  private Selection() {}

  /** Empty where the last weights are kept. */
  static Optional<TrainingPhase.Validation> of(Setup setup) {
    return split(setup)
        .map(
            split ->
                new TrainingPhase.Validation(
                    setup.settings().get(FbaSettings.SELECT_EVERY),
                    context -> dice(context, split),
                    false,
                    true,
                    0));
  }

  private static Optional<String> split(Setup setup) {
    Settings s = setup.settings();
    return switch (s.get(FbaSettings.SELECT)) {
      case "last" -> Optional.empty();
      case Dataset.TEST -> {
        setup.data().split(Dataset.TEST); // or say that there is none
        yield Optional.of(Dataset.TEST);
      }
      default ->
          Optional.of(Dataset.VALIDATION).filter(name -> setup.data().splits().containsKey(name));
    };
  }

  /** Mean Dice of the foreground classes over the scans of a split. */
  static double dice(TaskContext context, String name) {
    Split split = context.data().split(name);
    List<Field> inputs = context.model().inputs(ModelFunction.SEGMENT);
    Extent stride = stride(inputs);
    double sum = 0;
    try (Segmenter model =
        new Segmenter(
            context::open,
            inputs,
            VolumeCase.channels(split),
            new Tiling(List.of(0, 0, 0), stride, BATCH))) {
      for (int i = 0; i < split.size(); i++) {
        VolumeCase one = VolumeCase.of(split, i);
        sum += dice(model, one);
        context.progress(i + 1, split.size(), "scans");
      }
    }
    double mean = sum / split.size();
    context.log(name + "-dice", mean);
    return mean;
  }

  /** 2 |A and B| / (|A| + |B|), 1 where both are empty; mean of the classes. */
  private static double dice(Segmenter model, VolumeCase one) {
    Probabilities probabilities = model.apply(one, done -> {});
    byte[] mask = probabilities.mask();
    byte[] truth = one.truth();
    long[] both = new long[256];
    long[] either = new long[256];
    for (int i = 0; i < mask.length; i++) {
      either[Byte.toUnsignedInt(mask[i])]++;
      either[Byte.toUnsignedInt(truth[i])]++;
      both[Byte.toUnsignedInt(mask[i])] += mask[i] == truth[i] ? 1 : 0;
    }
    return IntStream.range(1, probabilities.classes())
        .mapToDouble(c -> either[c] == 0 ? 1 : 2.0 * both[c] / either[c])
        .average()
        .orElseThrow();
  }

  private static Extent stride(List<Field> inputs) {
    List<Long> patch = inputs.get(0).shape();
    int[] half =
        patch.stream().limit(3).mapToInt(n -> n > 0 ? (int) ((n + 1) / OVERLAP) : 1).toArray();
    return new Extent(half[0], half[1], half[2]);
  }
}
