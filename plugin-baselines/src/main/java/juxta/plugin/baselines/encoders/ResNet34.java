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

/** ResNet-34. */
public final class ResNet34 implements Encoder {
  /** Made by the service loader. */
  public ResNet34() {}

  @Override
  public String id() {
    return "resnet34";
  }

  @Override
  public String summary() {
    return "ResNet-34 without the classifier, 512 features";
  }

  @Override
  public List<Setting<?>> settings() {
    return ResNetSettings.ALL;
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
  public Optional<Architecture> architecture(long[] input, Settings settings) {
    return ResNetSettings.architecture(id(), input, settings);
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    return ResNetSettings.create(scope, input, settings, false, 3, 4, 6, 3);
  }
}
