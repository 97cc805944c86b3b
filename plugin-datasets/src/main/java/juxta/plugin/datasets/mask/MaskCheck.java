package juxta.plugin.datasets.mask;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.UserException;
import juxta.picture.ImageSize;
import juxta.toolkit.data.Problems;
import juxta.toolkit.io.Digest;
import juxta.toolkit.picture.DeepHint;
import juxta.toolkit.picture.FileFact;
import juxta.toolkit.picture.FileFacts;
import juxta.toolkit.picture.PictureFiles;

/**
 * Looks at all images and masks, on all cores, and finds out which numbers the masks have. Files
 * that are known from an earlier opening are not read again.
 */
final class MaskCheck {
  private final MaskRule rule;
  private final int tile;
  private final BiConsumer<String, Double> progress;
  private final FileFacts facts;
  private final MaskNotes notes;
  private final BitSet used = new BitSet();

  /**
   * Prepares.
   *
   * @param rule what the masks mean, as far as it is known
   * @param tile side of a tile, 0 for images as they are
   * @param root the data set's folder
   * @param request what the user asked for
   */
  MaskCheck(MaskRule rule, int tile, Path root, DatasetProvider.Request request) {
    this.rule = rule;
    this.tile = tile;
    this.progress = request.progress();
    this.facts = new FileFacts(root, request.cache(), progress);
    this.notes = new MaskNotes(request.cache(), rule);
  }

  /**
   * Reads the files.
   *
   * @return what is found, in the order of the pairs
   * @throws UserException naming all files with faults
   */
  List<MaskTiles.Scene> of(List<MaskPair> pairs) {
    MaskTiles.Scene[] scenes = new MaskTiles.Scene[pairs.size()];
    List<Path> files = pairs.stream().flatMap(p -> Stream.of(p.image(), p.mask())).toList();
    List<FileFact> found = facts.of(files);
    MaskNoise[] noise = new MaskNoise[pairs.size()];
    Problems.collect(
        scenes.length,
        i -> {
          MaskPair pair = pairs.get(i);
          FileFact image = found.get(2 * i);
          FileFact mask = found.get(2 * i + 1);
          ImageSize size = rule.reading().size(image.header());
          checkSize(pair, size, rule.reading().size(mask.header()));
          MaskNotes.Note note =
              notes.of(mask.digest()).orElseGet(() -> noted(pair.mask(), mask.digest()));
          noise[i] = note.noise().orElse(null);
          add(note.used());
          byte[] both = Digest.sha256().add(image.digest()).add(mask.digest()).bytes();
          scenes[i] = new MaskTiles.Scene(pair, size, both);
        },
        "reading images and masks",
        progress);
    checkNoise(pairs, noise);
    checkSizes(scenes);
    DeepHint.give(
        pairs.stream().map(MaskPair::image).toList(),
        IntStream.range(0, pairs.size()).mapToObj(i -> found.get(2 * i)).toList(),
        rule.reading());
    return List.of(scenes);
  }

  private MaskNotes.Note noted(Path mask, byte[] digest) {
    MaskFile decoded = MaskFile.decode(mask, PictureFiles.content(mask), rule);
    return notes.add(digest, new MaskNotes.Note(decoded.used(), decoded.noise()));
  }

  /** Whether files had to be read. */
  Dataset.Evidence evidence() {
    return facts.evidence();
  }

  /** Keeps what was found out; to be called when nothing speaks against the files. */
  Dataset.Evidence keep() {
    facts.keep();
    notes.keep();
    return evidence();
  }

  private synchronized void add(BitSet numbers) {
    used.or(numbers);
  }

  /** The numbers that pixels have. */
  BitSet used() {
    return used;
  }

  /** Whether 0 and 255 are all the numbers. */
  boolean blackAndWhite() {
    return used.cardinality() == 2 && used.get(0) && used.get(Field.IGNORED);
  }

  private static void checkNoise(List<MaskPair> pairs, MaskNoise[] noise) {
    List<MaskNoise> all = new ArrayList<>();
    IntStream.range(0, noise.length)
        .mapToObj(i -> noise[i])
        .filter(Objects::nonNull)
        .forEach(all::add);
    Optional<MaskNoise> sum = MaskNoise.sum(all).filter(own -> !own.twoLevels());
    if (sum.isPresent()) {
      int first =
          IntStream.range(0, noise.length).filter(i -> noise[i] != null).findFirst().orElse(0);
      throw new UserException(
          "%s: is a JPEG, whose compression changes numbers, and not of black and white alone, so its classes cannot be told; save masks as PNG"
              .formatted(pairs.get(first).mask()));
    }
  }

  private void checkSizes(MaskTiles.Scene[] scenes) {
    for (MaskTiles.Scene scene : scenes) {
      if (tile == 0 && !scene.size().equals(scenes[0].size())) {
        throw new UserException(
            ("%s is %s but %s is %s; images must have one size, pass --set data.tile=N to cut them"
                    + " into tiles of N x N")
                .formatted(
                    scenes[0].pair().image(),
                    scenes[0].size(),
                    scene.pair().image(),
                    scene.size()));
      }
    }
  }

  private void checkSize(MaskPair pair, ImageSize image, ImageSize mask) {
    if (!image.equals(mask)) {
      throw new UserException(
          "%s is %s but its image %s is %s; a mask has a class for each pixel of its image"
              .formatted(pair.mask(), mask, pair.image(), image));
    }
    int shorter = Math.min(image.height(), image.width());
    if (shorter < tile) {
      throw new UserException(
          "%s is %s, smaller than a tile; set data.tile to %d or less"
              .formatted(pair.image(), image, shorter));
    }
  }
}
