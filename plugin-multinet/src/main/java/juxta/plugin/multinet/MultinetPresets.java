package juxta.plugin.multinet;

import java.util.LinkedHashMap;
import java.util.Map;
import juxta.api.DataSummary;
import juxta.api.Method;
import juxta.toolkit.model.Presets;

/** The presets: the released configuration, and one for small machines. */
final class MultinetPresets {
  private static final int TINY = 64;
  private static final int FEW = 5000;

  private MultinetPresets() {}

  static Map<String, String> of(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("loss", "ntxent");
    preset.put("loss.temperature", "1"); // the weight of the global loss goes with it
    preset.putAll(name.equals(Method.SMALL) ? small(data) : paper());
    return preset;
  }

  /** config.yaml: every data set is resized to 224 pixels, so that the stem is ImageNet's. */
  private static Map<String, String> paper() {
    Map<String, String> paper = new LinkedHashMap<>();
    paper.put("encoder", "resnet18");
    paper.put("encoder.zero-init", "true");
    paper.put("augmentation", "mocov2");
    paper.put("augmentation.size", "224");
    paper.put("augmentation.sampling", "bicubic");
    paper.put("epochs", "200");
    paper.put("batch", "256");
    return paper;
  }

  /** The optimiser is that of solo-learn's recipe of NNCLR for CIFAR. */
  private static Map<String, String> small(DataSummary data) {
    boolean tiny = data.imageSide() > 0 && data.imageSide() <= TINY;
    Map<String, String> small = new LinkedHashMap<>();
    small.put("encoder", "resnet-small");
    small.put("projection-hidden", "512");
    small.put("projection-out", "512");
    small.put("prediction-hidden", "128");
    small.put("queue", data.trainSize() <= FEW ? "1024" : "4096"); // less than the images
    small.put("optimizer", "lars-clipped");
    small.put("base-rate", "0.4");
    small.put("weight-decay", "1e-5");
    small.put("warmup-epochs", "1");
    small.put("augmentation", tiny ? "cifar" : "mocov2");
    if (tiny) {
      small.put("augmentation.crop-min", "0.2"); // short runs learn little from tiny crops
      small.put("augmentation.size", Presets.smallViews(data));
    }
    small.put("epochs", Presets.smallEpochs(data));
    small.put("batch", Presets.smallBatch(data));
    small.put("precision", "auto");
    return small;
  }
}
