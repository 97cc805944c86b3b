package juxta.testkit;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Setting;
import juxta.api.UserException;
import juxta.picture.ImageSize;
import juxta.picture.PictureForm;
import juxta.picture.PictureForm.Fit;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.picture.PictureFiles;
import juxta.toolkit.picture.Pixels;

/** A stranger's reader: a file of pictures, before each its class (a byte) and length (four). */
public final class Filmstrip implements DatasetProvider {
  private static final Setting<Integer> SIDE =
      Setting.integer("side", 32).range(1, 512).describe("pixels").source("own choice");

  /** Creates the provider. */
  public Filmstrip() {}

  @Override
  public String id() {
    return "filmstrip";
  }

  @Override
  public String summary() {
    return "pictures one behind the other in the file film.strip";
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(SIDE);
  }

  @Override
  public Dataset open(Request request) {
    Path file =
        DataFolder.find(request, id(), List.of(), "film.strip", "film.strip").resolve("film.strip");
    int side = request.settings().get(SIDE);
    ByteBuffer bytes = ByteBuffer.wrap(DataFolder.read(file));
    List<Integer> labels = new ArrayList<>();
    List<byte[]> pictures = new ArrayList<>();
    while (bytes.hasRemaining()) {
      try {
        labels.add((int) bytes.get());
        pictures.add(new byte[bytes.getInt()]);
        bytes.get(pictures.get(pictures.size() - 1));
      } catch (BufferUnderflowException | NegativeArraySizeException e) {
        throw new UserException(file + ": is cut off at offset " + bytes.position(), e);
      }
    }
    PictureForm form = PictureForm.of(new ImageSize(side, side), Fit.SQUARED);
    IntFunction<byte[]> decode = i -> form.fitted(PictureFiles.decode(file, pictures.get(i))).rgb();
    IntFunction<byte[]> pixels =
        Pixels.keepIfFits(
            pictures.size(), 3L * side * side, decode, "decoding pictures", request.progress());
    ColumnSplit train =
        ColumnSplit.of(
            pictures.size(),
            Column.images(side, side, 3, pixels),
            Column.labels(labels.stream().mapToInt(label -> label).toArray()));
    Fingerprint fingerprint = new Fingerprint().add("side " + side, bytes.rewind());
    return new OpenDataset(
            id(), Map.of(Dataset.TRAIN, train), List.of("no", "yes"), fingerprint.hex())
        .picturing(form);
  }
}
