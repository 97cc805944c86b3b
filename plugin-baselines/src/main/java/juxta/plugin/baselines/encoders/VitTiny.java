package juxta.plugin.baselines.encoders;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import juxta.api.Architecture;
import juxta.api.Encoder;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Settings;

/** ViT-T. */
public final class VitTiny implements Encoder {
  private static final VisionTransformerSettings SETTINGS =
      new VisionTransformerSettings(
          16, 192, 12, 3, 0.1, "PatchMix, arXiv 2306.12243, module/vits.py and config");

  /** Made by the service loader. */
  public VitTiny() {}

  @Override
  public String id() {
    return "vit-t";
  }

  @Override
  public String summary() {
    return "Vision transformer, tiny: 12 blocks, 192 features";
  }

  @Override
  public List<Setting<?>> settings() {
    return SETTINGS.all();
  }

  @Override
  public Optional<Reference> reference() {
    return VisionTransformerSettings.reference();
  }

  @Override
  public Set<String> maps() {
    return VisionTransformerSettings.MAPS;
  }

  @Override
  public Optional<Architecture> architecture(long[] input, Settings settings) {
    return SETTINGS.architecture("vit_tiny_patch16_224", input, settings);
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    return SETTINGS.create(scope, input, settings);
  }
}
