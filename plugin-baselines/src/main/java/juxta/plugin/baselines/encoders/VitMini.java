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

/** A vision transformer for small images and small machines. */
public final class VitMini implements Encoder {
  private static final VisionTransformerSettings SETTINGS =
      new VisionTransformerSettings(4, 96, 4, 3, 0, "chosen for training on a few CPU cores");

  /** Made by the service loader. */
  public VitMini() {}

  @Override
  public String id() {
    return "vit-small";
  }

  @Override
  public String summary() {
    return "Vision transformer for small images: 4 blocks, 96 features";
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
