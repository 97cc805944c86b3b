package juxta.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.picture.Picture;
import juxta.picture.RawPicture;
import juxta.toolkit.picture.Canvas;
import juxta.toolkit.picture.PictureValues;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger writes to read image data of a format of his own, held to the contract. */
class StrangersReaderTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_600_000_000_000L);

  @TempDir Path folder;
  @TempDir Path cache;

  private static Picture picture(int i) {
    return Picture.painted(6, 8, (y, x) -> (40 * i + 10 * x) << 16 | 20 * y << 8 | 7);
  }

  @BeforeEach
  void files() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream strip = new DataOutputStream(all);
    StringBuilder album = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      byte[] png = Canvas.png(picture(i));
      strip.writeByte(i % 2);
      strip.writeInt(png.length);
      strip.write(png);
      Files.setLastModifiedTime(Files.write(folder.resolve(i + ".png"), png), LONG_AGO);
      album.append(i < 3 ? "train " : "test ").append(i % 2 == 0 ? "even " : "odd ");
      album.append(i).append(".png\n");
    }
    Files.write(folder.resolve("film.strip"), all.toByteArray());
    Files.writeString(folder.resolve("album.txt"), album);
  }

  private Dataset open(DatasetProvider provider, String key, String value) {
    return provider.open(
        new DatasetProvider.Request(
            Optional.of(folder), cache, Settings.of(Map.of(key, value)), (what, share) -> {}));
  }

  @TestFactory
  Stream<DynamicTest> contract() {
    return Stream.of(new Album(), new Filmstrip())
        .flatMap(
            provider ->
                Stream.concat(
                    PluginContract.data(provider, folder, Map.of("side", "5")),
                    PluginContract.described(provider)));
  }

  @Test
  void picturesAreResizedAndLabelled() {
    for (DatasetProvider provider : List.of(new Album(), new Filmstrip())) {
      Dataset data = open(provider, "side", "4");
      for (int i = 0; i < 3; i++) {
        assertThat(PictureValues.picture(data.train().value(Field.IMAGE, i)).rgb())
            .isEqualTo(picture(i).squared(4).rgb());
        assertThat(data.train().value(Field.LABEL, i).number()).isEqualTo(i % 2);
      }
      assertThat(data.fingerprint()).isNotEqualTo(open(provider, "side", "5").fingerprint());
    }
  }

  @Test
  void aSecondOpeningOfFilesIsAListing() {
    assertThat(open(new Album(), "side", "4").evidence()).isEqualTo(Dataset.Evidence.CONTENT);
    assertThat(open(new Album(), "side", "4").evidence()).isEqualTo(Dataset.Evidence.LISTING);
  }

  @Test
  void otherPicturesAreSeenAsItsOwn() {
    Picture other = picture(2);
    RawPicture raw = new RawPicture(6, 8, 3, 8, other.rgb());
    assertThat(open(new Filmstrip(), "side", "4").pictures())
        .hasValueSatisfying(
            form -> assertThat(form.of(raw).rgb()).isEqualTo(other.squared(4).rgb()));
  }

  @Test
  void damageIsNamed() throws IOException {
    Path strip = folder.resolve("film.strip");
    Files.write(strip, Arrays.copyOf(Files.readAllBytes(strip), 30));
    assertThatThrownBy(() -> open(new Filmstrip(), "side", "4"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("film.strip");
    Files.write(folder.resolve("2.png"), new byte[9]);
    assertThatThrownBy(() -> open(new Album(), "side", "4"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("2.png: is no readable image");
  }
}
