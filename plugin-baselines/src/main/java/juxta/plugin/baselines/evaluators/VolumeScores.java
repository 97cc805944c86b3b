package juxta.plugin.baselines.evaluators;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Dataset;
import juxta.api.Score;
import juxta.api.UserException;
import juxta.toolkit.volume.Components;
import juxta.toolkit.volume.MeanOverlap;
import juxta.toolkit.volume.Overlap;
import juxta.toolkit.volume.Probabilities;
import juxta.toolkit.volume.Spacing;
import juxta.toolkit.volume.VolumeCase;

/** The scores of all cases so far, and what is needed to show some of them. */
final class VolumeScores {
  private final Dataset data;
  private final VolumeSettings settings;
  private final Path directory;
  private final Optional<VolumePredictions> predictions;
  private final List<VolumeScore> scores = new ArrayList<>();
  private final List<VolumeSlice> slices = new ArrayList<>();

  VolumeScores(Dataset data, VolumeSettings settings, Path directory) {
    this.data = data;
    this.settings = settings;
    this.directory = directory;
    this.predictions =
        settings.predictions()
            ? Optional.of(new VolumePredictions(directory.resolve("predictions")))
            : Optional.empty();
  }

  /** Scores each foreground class of a case, and writes the mask where that is asked for. */
  void add(VolumeCase one, Probabilities probabilities) {
    int classes = probabilities.classes();
    check(one, classes);
    byte[] mask = probabilities.mask();
    byte[] kept = new byte[mask.length]; // the mask without what was left out
    double dice = 0;
    for (int c = 1; c < classes; c++) {
      byte[] predicted = only(mask, c);
      if (settings.largest()) {
        predicted = Components.largest(predicted, one.extent());
      }
      boolean found = false;
      for (int i = 0; i < kept.length; i++) {
        kept[i] = predicted[i] != 0 ? (byte) c : kept[i];
        found |= predicted[i] != 0;
      }
      Overlap overlap =
          Overlap.of(
              predicted,
              only(one.truth(), c),
              one.extent(),
              settings.millimetres() ? one.spacing() : Spacing.VOXELS,
              settings.empty());
      scores.add(new VolumeScore(one.name(), label(c, classes), overlap, found));
      dice += overlap.dice() / (classes - 1);
    }
    slices.add(VolumeSlice.of(one, kept, dice));
    predictions.ifPresent(folder -> folder.write(one, kept));
  }

  private static void check(VolumeCase one, int classes) {
    if (classes < 2) {
      throw new UserException(
          "volumes: the model's function 'segment' gives one class; it must give the background and"
              + " at least one more");
    }
    for (byte label : one.truth()) {
      if (Byte.toUnsignedInt(label) >= classes) {
        throw new UserException(
            "case '"
                + one.name()
                + "': its mask holds class "
                + Byte.toUnsignedInt(label)
                + ", but the model tells classes 0 to "
                + (classes - 1)
                + " only; train it on data with the same classes");
      }
    }
  }

  private static byte[] only(byte[] mask, int label) {
    byte[] only = new byte[mask.length];
    for (int i = 0; i < mask.length; i++) {
      only[i] = (byte) (Byte.toUnsignedInt(mask[i]) == label ? 1 : 0);
    }
    return only;
  }

  private String label(int index, int classes) {
    List<String> names = data.classes();
    return names.size() == classes ? names.get(index) : Integer.toString(index);
  }

  /** Leaves a table and a picture. */
  void write() {
    VolumeScore.write(scores, directory.resolve("cases.csv"));
    VolumePicture.write(slices, directory.resolve("cases.png"));
  }

  /** Means over cases and classes; a distance that no case has is left out. */
  List<Score> means(Map<String, String> known) {
    MeanOverlap means = MeanOverlap.of(scores.stream().map(VolumeScore::overlap).toList());
    int masks = means.masks();
    int cases = slices.size();
    long empty = scores.stream().filter(s -> !s.found()).count();
    Map<String, String> protocol = new LinkedHashMap<>(known);
    protocol.put("cases", cases + " of the test split");
    protocol.put("foreground-classes", Integer.toString(masks / cases));
    protocol.put("empty-predictions", empty + " of " + masks);
    protocol.put("distances", "undefined and left out in " + means.undefined() + " of " + masks);
    Overlap mean = means.mean();
    List<Score> found = new ArrayList<>();
    found.add(new Score("dice", mean.dice(), Score.Unit.RATE, protocol));
    found.add(new Score("jaccard", mean.jaccard(), Score.Unit.RATE, protocol));
    if (means.undefined() < masks) {
      found.add(distance("hd95", mean.hd95(), protocol));
      found.add(distance("asd", mean.asd(), protocol));
    }
    return found;
  }

  private static Score distance(String name, double value, Map<String, String> protocol) {
    return new Score(name, value, Score.Unit.NUMBER, Score.Better.LOWER, protocol);
  }
}
