package juxta.plugin.rivals;

import java.util.LinkedHashMap;
import java.util.Map;
import juxta.api.DataSummary;
import juxta.api.Setup;
import juxta.api.UserException;
import juxta.toolkit.model.Presets;

/** What the presets and the checks of several methods have in common. */
final class Recipes {
  private static final int TINY = 64;
  private static final int FEW = 5000;

  private Recipes() {}

  /** Whether the images are as small as CIFAR's. */
  static boolean tiny(DataSummary data) {
    return data.imageSide() > 0 && data.imageSide() <= TINY;
  }

  /** ResNet-50, or ResNet-18 with CIFAR's stem. */
  static Map<String, String> paperEncoder(DataSummary data) {
    return tiny(data)
        ? Map.of("encoder", "resnet18", "encoder.stem", "cifar")
        : Map.of("encoder", "resnet50");
  }

  /** BYOL's unlike views; solo-learn's recipes for CIFAR leave the blur out. */
  static Map<String, String> byolViews(DataSummary data) {
    Map<String, String> views = new LinkedHashMap<>();
    views.put("augmentation", "byol");
    if (tiny(data)) {
      views.put("augmentation.blur", "0");
      views.put("augmentation.blur-second", "0");
    }
    return views;
  }

  /** SimCLR's strong views; solo-learn's recipes for CIFAR leave the blur out. */
  static Map<String, String> simclrViews(DataSummary data) {
    Map<String, String> views = new LinkedHashMap<>();
    views.put("augmentation", "simclr");
    if (tiny(data)) {
      views.put("augmentation.blur", "0");
      views.put("augmentation.blur-second", "0");
      views.put("augmentation.blur-local", "0");
    }
    return views;
  }

  /** Encoder, views and budget of the presets for small machines. */
  static Map<String, String> small(DataSummary data) {
    Map<String, String> small = new LinkedHashMap<>();
    small.put("encoder", "resnet-small");
    small.put("warmup-epochs", "1");
    small.put("augmentation.crop-min", "0.2"); // short runs learn little from tiny crops
    if (tiny(data)) {
      small.put("augmentation.size", Presets.smallViews(data));
    }
    small.put("epochs", Presets.smallEpochs(data));
    small.put("batch", Presets.smallBatch(data));
    small.put("precision", "auto");
    return small;
  }

  /** A queue of the presets for small machines: shorter than the data are long. */
  static String smallQueue(DataSummary data) {
    return data.trainSize() <= FEW ? "1024" : "4096";
  }

  /** Refuses a batch in which no record has another beside it. */
  static void company(Setup setup, String why) {
    if (setup.batch() < 2) {
      throw new UserException("batch: " + why + "; pass --batch with 2 or more");
    }
  }

  /** Refuses a queue that batches do not fill evenly. */
  static void queue(Setup setup, int rows) {
    int batch = setup.batch();
    if (rows % batch != 0) {
      throw new UserException(
          "queue: "
              + rows
              + " rows are no multiple of the batch of "
              + batch
              + "; pass --set queue="
              + Math.max(1, rows / batch) * batch);
    }
  }
}
