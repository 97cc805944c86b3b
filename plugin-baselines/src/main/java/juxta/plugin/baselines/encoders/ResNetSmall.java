package juxta.plugin.baselines.encoders;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import juxta.api.Encoder;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Settings;

/** A ResNet for small images and small machines: one basic block a stage. */
public final class ResNetSmall implements Encoder {
  private static final Setting<Integer> WIDTH =
      ResNetSettings.WIDTH.defaultsTo(32).source("chosen for training on a few CPU cores");

  private static final Setting<Boolean> ZERO_INIT = ResNetSettings.ZERO_INIT;

  /** Made by the service loader. */
  public ResNetSmall() {}

  @Override
  public String id() {
    return "resnet-small";
  }

  @Override
  public String summary() {
    return "ResNet with four basic blocks for small images, 256 features";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WIDTH, ZERO_INIT);
  }

  @Override
  public Optional<Reference> reference() {
    return ResNetSettings.reference();
  }

  @Override
  public Set<String> maps() {
    return ResNetSettings.MAPS;
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    return new ResNet(
        scope,
        Inputs.channels(input),
        new ResNet.Plan(
            List.of(1, 1, 1, 1), false, settings.get(WIDTH), false, settings.get(ZERO_INIT)));
  }
}
