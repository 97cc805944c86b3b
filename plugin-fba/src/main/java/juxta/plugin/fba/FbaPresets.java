package juxta.plugin.fba;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import juxta.api.Method;
import juxta.api.UserException;

/** Settings that go together, by what they are for. */
final class FbaPresets {
  static final String PANCREAS = "pancreas";
  static final String ACDC = "acdc";

  /** The left atrium's is the paper's. */
  static final Set<String> NAMES = Set.of(Method.PAPER, Method.SMALL, PANCREAS, ACDC);

  private FbaPresets() {}

  static Map<String, String> of(String name, Arm arm) {
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("encoder", "vnet");
    preset.put("augmentation", "volume-crop");
    preset.put("batch", "4");
    preset.put("iterations", "15000");
    switch (name) {
      case Method.PAPER -> {}
      case Method.SMALL -> small(preset, arm);
      case PANCREAS -> pancreas(preset);
      case ACDC -> acdc(preset);
      default -> throw new UserException("no preset '" + name + "'; there are " + NAMES);
    }
    return preset;
  }

  /**
   * A fourteenth of the voxels, half the channels, a sixteenth of the steps. SGD at the published
   * rate learns too slowly for so few, and at ten times the rate three decoders keep it from
   * learning faster, so Adam takes its place; with eight channels before the logits none can be
   * spared. What is learned depends on how many labelled patches are seen, so three of four are,
   * and Dice weighs twice as much; with its full weight the agreement of decoders that have not
   * learned much yet keeps them from learning more. Patches are neither turned nor flipped: that
   * shows every patch as one of four mirror images and none as the scans to be segmented lie, which
   * so small a network cannot make good in so few steps.
   */
  private static void small(Map<String, String> preset, Arm arm) {
    preset.put("encoder.width", "8");
    patch(preset, 48, 48, 32);
    preset.put("augmentation.turn", "false");
    preset.put("augmentation.intensity", "0.7");
    preset.put("iterations", "900");
    preset.put("optimizer", "adam");
    preset.put("rate", "0.003");
    preset.put("rate-schedule", "cosine");
    preset.put("decoder-dropout", "0");
    preset.put("dice-weight", "1");
    preset.put("labelled-batch", "3");
    if (arm.consistency()) {
      preset.put("ramp-step", "22");
      preset.put("consistency-weight", "0.3");
    }
  }

  private static void pancreas(Map<String, String> preset) {
    patch(preset, 96, 96, 96);
    preset.put("augmentation.turn", "false");
  }

  private static void acdc(Map<String, String> preset) {
    preset.put("encoder", "unet");
    preset.put("augmentation", "slice");
    preset.put("batch", "16");
    preset.put("iterations", "30000");
    preset.put("dice-weight", "1");
    preset.put("labelled-batch", "8");
  }

  private static void patch(Map<String, String> preset, int x, int y, int z) {
    preset.put("augmentation.patch-x", Integer.toString(x));
    preset.put("augmentation.patch-y", Integer.toString(y));
    preset.put("augmentation.patch-z", Integer.toString(z));
  }
}
