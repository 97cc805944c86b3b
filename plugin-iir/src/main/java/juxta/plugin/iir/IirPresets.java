package juxta.plugin.iir;

import java.util.LinkedHashMap;
import java.util.Map;
import juxta.api.DataSummary;
import juxta.api.Method;

/** Settings that go together. */
final class IirPresets {
  private IirPresets() {}

  static Map<String, String> of(String name, Arm arm, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("encoder", "resnet50");
    preset.put("augmentation", "instances");
    preset.put("batch", arm.trains() ? "256" : "1");
    if (arm.tuned()) {
      preset.put("loss", "average-precision");
      preset.put("iterations", IirSettings.ITERATIONS.defaultValue().toString());
    } else {
      preset.put("epochs", "0"); // what such arms train is counted in steps
    }
    if (name.equals(Method.SMALL)) {
      small(preset, arm, data);
    }
    return preset;
  }

  /** Minutes on two cores; higher rates make up for few steps. */
  private static void small(Map<String, String> preset, Arm arm, DataSummary data) {
    preset.put("encoder", "mobilenet-v2");
    preset.put("augmentation.size", "128");
    preset.put("augmentation.normalisation", "inception");
    if (arm.trains()) {
      preset.put("batch", Integer.toString(Math.min(64, data.trainSize())));
    }
    if (arm.contrastive()) {
      preset.put("contrast-iterations", "80");
      preset.put("contrast-batch", "32");
      preset.put("contrast-rate", "2e-4");
    }
    if (arm.tuned()) {
      preset.put("iterations", "80");
      preset.put("chunk", "16");
      preset.put("encoder-rate", "1e-4");
      preset.put("rate", "1e-3");
      preset.put("whitening", "none");
    }
  }
}
