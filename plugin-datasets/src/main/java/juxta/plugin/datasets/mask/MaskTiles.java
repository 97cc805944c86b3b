package juxta.plugin.datasets.mask;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Value;
import juxta.picture.ImageSize;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.picture.PictureFiles;
import juxta.toolkit.picture.Pixels;

/**
 * Images and masks as records of one size: as they are, or cut into square tiles. Tiles lie side by
 * side from the upper left; the last of a row or column is moved back into the image, and what the
 * one before shows of it is of no class, so that every pixel counts once.
 *
 * <p>What does not fit into memory is decoded anew whenever it is asked for; of images that are cut
 * up the tiles are kept in the cache's folder instead.
 */
final class MaskTiles {
  private static final int CHANNELS = 3;

  /** Raised whenever the same files give other tiles. */
  private static final int VERSION = 2;

  private final List<Scene> scenes;
  private final MaskRule rule;
  private final MaskList.Kept classes;
  private final UnaryOperator<String> area;
  private final int tile;
  private final ImageSize size;
  private final int[] first; // number of each scene's first tile, and of all tiles

  /**
   * A pair whose files were looked at.
   *
   * @param pair the files
   * @param size height and width of both
   * @param digest SHA-256 of both
   */
  record Scene(MaskPair pair, ImageSize size, byte[] digest) {}

  /** Gives a part of a scene's tiles, which lie one behind the other, each with its mask. */
  private interface Source {
    byte[] read(int scene, long from, int length);
  }

  /**
   * Prepares.
   *
   * @param scenes what to cut, at least one
   * @param rule what the masks mean; its list is known
   * @param classes those that count
   * @param area gives the area that a scene shows by the name of its pair
   * @param tile side of a tile, at most that of a scene; 0 for scenes of one size as they are
   */
  MaskTiles(
      List<Scene> scenes,
      MaskRule rule,
      MaskList.Kept classes,
      UnaryOperator<String> area,
      int tile) {
    this.scenes = scenes;
    this.rule = rule;
    this.classes = classes;
    this.area = area;
    this.tile = tile;
    this.size = tile == 0 ? scenes.get(0).size() : new ImageSize(tile, tile);
    this.first = new int[scenes.size() + 1];
    for (int i = 0; i < scenes.size(); i++) {
      first[i + 1] = first[i] + across(scenes.get(i).size()) * down(scenes.get(i).size());
    }
  }

  private int across(ImageSize scene) {
    return (scene.width() + size.width() - 1) / size.width();
  }

  private int down(ImageSize scene) {
    return (scene.height() + size.height() - 1) / size.height();
  }

  /** Height and width of every image. */
  ImageSize size() {
    return size;
  }

  private int count() {
    return first[scenes.size()];
  }

  private int pixels() {
    return size.height() * size.width();
  }

  /** Memory that all records take. */
  long bytes() {
    return (CHANNELS + 1L) * pixels() * count();
  }

  /**
   * Opens the records.
   *
   * @param keep whether to hold all in memory
   * @param sound whether all files were decoded before, so that each can wait until it is asked for
   * @param request with the folder for tiles that are not held in memory
   */
  ColumnSplit open(boolean keep, boolean sound, DatasetProvider.Request request) {
    if (!keep && tile == 0) {
      return split(this::rgb, this::mask);
    }
    Source source =
        keep ? kept(sound, request.progress()) : files(request.cache(), request.progress());
    int image = CHANNELS * pixels();
    return split(
        record -> read(source, record, 0, image), record -> read(source, record, image, pixels()));
  }

  private ColumnSplit split(IntFunction<byte[]> images, IntFunction<byte[]> masks) {
    return ColumnSplit.of(
        count(),
        Column.images(size.height(), size.width(), CHANNELS, images),
        Column.masks(size.height(), size.width(), masks),
        new Column(
            Field.of(Field.AREA, FieldType.TEXT),
            record -> Value.of(area.apply(scenes.get(scene(record)).pair().name()))));
  }

  private int scene(int record) {
    int found = Arrays.binarySearch(first, record);
    return found >= 0 ? found : -found - 2;
  }

  private byte[] read(Source source, int record, int offset, int length) {
    int scene = scene(record);
    long from = (CHANNELS + 1L) * pixels() * (record - first[scene]);
    return source.read(scene, from + offset, length);
  }

  private Source kept(boolean sound, BiConsumer<String, Double> progress) {
    IntFunction<byte[]> all =
        sound
            ? Pixels.keepOnceMade(scenes.size(), this::cut)
            : Pixels.keep(scenes.size(), this::cut, "decoding images and masks", progress);
    return (scene, from, length) ->
        Arrays.copyOfRange(all.apply(scene), (int) from, (int) from + length);
  }

  private Source files(Path cache, BiConsumer<String, Double> progress) {
    Path folder = cache.resolve("images-with-masks");
    for (int i = 0; i < scenes.size(); i++) {
      progress.accept("cutting tiles", (double) i / scenes.size());
      Path file = file(folder, i);
      if (!Files.exists(file)) {
        AtomicFile.write(file, cut(i));
      }
    }
    return (scene, from, length) -> part(file(folder, scene), from, length);
  }

  /** Named by all that determines the content. */
  private Path file(Path folder, int scene) {
    Fingerprint name =
        new Fingerprint()
            .add("scene", scenes.get(scene).digest())
            .add("classes", classes.table())
            .add("list", rule.list().map(MaskList::colours).toString())
            .add("reading", VERSION + rule.reading().words())
            .add("tile", Integer.toString(tile));
    return folder.resolve(name.hex() + ".tiles");
  }

  private static byte[] part(Path file, long from, int length) {
    ByteBuffer part = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(file)) {
      while (part.hasRemaining()) {
        if (channel.read(part, from + part.position()) < 0) {
          throw new IOException("it ends too early; delete it");
        }
      }
    } catch (IOException e) {
      throw DataFolder.unreadable(file, e);
    }
    return part.array();
  }

  private byte[] rgb(int scene) {
    Path file = scenes.get(scene).pair().image();
    return rule.reading().read(file).rgb();
  }

  private byte[] mask(int scene) {
    Path file = scenes.get(scene).pair().mask();
    return classes.apply(MaskFile.decode(file, PictureFiles.content(file), rule).indices());
  }

  /** All tiles of a scene, each with its mask behind it. */
  private byte[] cut(int scene) {
    byte[] rgb = rgb(scene);
    byte[] mask = mask(scene);
    ImageSize whole = scenes.get(scene).size();
    byte[] records = new byte[(CHANNELS + 1) * pixels() * (first[scene + 1] - first[scene])];
    int at = 0;
    for (int i = 0; i < down(whole); i++) {
      int top = Math.min(i * size.height(), whole.height() - size.height());
      for (int j = 0; j < across(whole); j++) {
        int left = Math.min(j * size.width(), whole.width() - size.width());
        for (int y = 0; y < size.height(); y++) {
          int from = (top + y) * whole.width() + left;
          int row = y * size.width();
          System.arraycopy(
              rgb, CHANNELS * from, records, at + CHANNELS * row, CHANNELS * size.width());
          int to = at + CHANNELS * pixels() + row;
          System.arraycopy(mask, from, records, to, size.width());
          boolean seen = top + y < i * size.height();
          int shown = seen ? size.width() : j * size.width() - left;
          Arrays.fill(records, to, to + shown, (byte) Field.IGNORED);
        }
        at += (CHANNELS + 1) * pixels();
      }
    }
    return records;
  }
}
