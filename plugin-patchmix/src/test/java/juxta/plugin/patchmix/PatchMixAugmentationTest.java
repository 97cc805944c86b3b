package juxta.plugin.patchmix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.View;
import org.junit.jupiter.api.Test;

class PatchMixAugmentationTest {
  private static int side(View.Kind kind, int image) {
    DataSummary data =
        new DataSummary(
            "test",
            DataKind.IMAGES,
            List.of(Field.of(Field.IMAGE, FieldType.UINT8, image, image, 3)),
            Map.of("train", 10),
            10);
    return new PatchMixAugmentation().side(kind, data, Settings.DEFAULTS);
  }

  @Test
  void sidesAreThoseOfTheReferenceImplementation() {
    assertThat(side(View.Kind.GLOBAL, 32)).isEqualTo(32);
    assertThat(side(View.Kind.GLOBAL, 256)).isEqualTo(224);
    assertThat(side(View.Kind.LOCAL, 256)).isEqualTo(96);
  }

  @Test
  void numbersAreThoseOfTheReferenceImplementation() {
    assertThat(new PatchMixAugmentation().settings().stream().map(Setting::toString))
        .contains("crop-min=0.1", "crop-max=1.0", "local-crop-min=0.05", "local-crop-max=0.35")
        .contains("blur=1.0", "blur-second=0.1", "blur-local=0.5")
        .contains("solarize=0.0", "solarize-second=0.2", "solarize-local=0.0")
        .contains("jitter-saturation=0.2", "jitter-hue=0.1", "gray=0.2", "flip=0.5")
        .contains("sampling=bicubic", "normalisation=imagenet", "test-crop=true");
  }
}
