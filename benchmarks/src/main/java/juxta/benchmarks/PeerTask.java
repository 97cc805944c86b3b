package juxta.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import juxta.api.Method;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.engine.train.Precision;
import juxta.plugin.baselines.encoders.ResNet18;
import juxta.plugin.baselines.encoders.VitTiny;
import juxta.plugin.baselines.methods.Simclr;
import juxta.plugin.fba.LabelledOnly;

/** What contenders train in a step. */
enum PeerTask {
  /** SimCLR on ResNet-18 with the stem for small images. */
  RESNET18 {
    @Override
    Work work(Options options) {
      Noise data = new Noise(options.batch(), options.side());
      return new Work(
          new Simclr(),
          new SimclrSetup(
              data, new ResNet18(), EngineLane.CIFAR_STEM, options.batch(), options.total()));
    }

    @Override
    DjlTask djl() {
      return new DjlSimclr(DjlNetwork.encoder(), 512);
    }
  },
  /** SimCLR on ViT-T with patches of 4 x 4. */
  VIT {
    @Override
    Work work(Options options) {
      Noise data = new Noise(options.batch(), options.side());
      Settings settings = Settings.of(Map.of("patch", "4", "drop-path", "0"));
      return new Work(
          new Simclr(),
          new SimclrSetup(data, new VitTiny(), settings, options.batch(), options.total()));
    }

    @Override
    DjlTask djl() {
      return new DjlSimclr(DjlVit.encoder(), DjlVit.WIDTH);
    }
  },
  /** Segmentation by V-Net, as the preset small of the volume methods has it. */
  VNET {
    @Override
    Work work(Options options) {
      return new Work(LabelledOnly.provider(), new VolumeSetup(new NoiseScans(), options.total()));
    }

    @Override
    DjlTask djl() {
      return new DjlVNet();
    }
  };

  /** A method with all that it needs. */
  record Work(Method method, Setup setup) {}

  abstract Work work(Options options);

  EngineLane juxta(String name, Precision precision, Options options) {
    Work work = work(options);
    return new EngineLane(name, work.method(), work.setup(), precision, options.threads());
  }

  abstract DjlTask djl();

  static PeerTask of(String word) {
    return Arrays.stream(values())
        .filter(task -> task.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--network: '" + word + "' is none of resnet18, vit, vnet"));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
