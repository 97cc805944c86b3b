package juxta.testkit;

import java.util.Set;
import juxta.api.DataKind;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Settings;

/** One convolution. */
record TinyEncoder() implements Encoder {
  @Override
  public String id() {
    return Tiny.ID;
  }

  @Override
  public String summary() {
    return "one convolution";
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.values());
  }

  @Override
  public Set<String> maps() {
    return Set.of(Features.FEATURE_MAP);
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    int channels = Math.toIntExact(input[input.length - 1]);
    return input.length == 4
        ? new TinyVolumeNetwork(scope, channels)
        : new TinyNetwork(scope, channels);
  }
}
