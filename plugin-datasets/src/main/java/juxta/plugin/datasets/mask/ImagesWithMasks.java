package juxta.plugin.datasets.mask;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.picture.PictureForm.Fit;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.picture.PictureReading;
import juxta.toolkit.picture.Pixels;

/**
 * Images with a class for each pixel: folders of images beside folders of masks, as {@link
 * MaskFolders} finds them. A mask is a picture of numbers (grey or with a palette) or of colours;
 * {@code classes.csv} in the folder, with the columns {@code id}, {@code name}, {@code r}, {@code
 * g}, {@code b}, says what they mean. Numbers and colours of ISPRS Potsdam and LoveDA are known.
 *
 * <p>Where no folder names the split, whole areas make the test split, see {@link AreaSplit}.
 * Bigger images are cut into tiles, see {@link MaskTiles}. Methods that learn from images ignore
 * the masks.
 */
public final class ImagesWithMasks implements DatasetProvider {
  static final Setting<String> CLASSES =
      Setting.text("classes", "auto")
          .describe(
              "CSV file with the columns name and id, r, g, b, or potsdam or loveda; auto:"
                  + " classes.csv in the folder, else what names of files and folders tell, else the"
                  + " numbers in the masks")
          .source("own choice");

  static final Setting<String> IGNORE =
      Setting.text("ignore", "auto")
          .describe(
              "classes that are neither learned nor scored, names or ids between commas; auto: those"
                  + " named as unlabeled, no-data, void, boundary and such; 255 where it is not"
                  + " listed, except in masks of 0 and 255 alone; none: all count, 255 too")
          .source("own choice; LoveDA and Potsdam: MMSegmentation");

  static final Setting<Optional<Integer>> TILE =
      Setting.integer("tile")
          .range(1, 4096)
          .unset("images as they are", "0")
          .describe("cut images into square tiles of so many pixels")
          .source("own choice: untouched; GLCNet's code has 256");

  private static final String CONTENTS =
      "images/ and masks/, or such folders below train/ and test/";

  /** Creates the provider. */
  public ImagesWithMasks() {}

  @Override
  public String id() {
    return "images-with-masks";
  }

  @Override
  public String summary() {
    return "images with a class for each pixel, split by area";
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(CLASSES, IGNORE, TILE, PictureReading.WINDOW, PictureReading.ORIENTATION));
    all.addAll(AreaSplit.SETTINGS);
    return all;
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    Settings settings = request.settings();
    Path root = DataFolder.find(request, id(), List.of(), "", CONTENTS);
    List<MaskPair> pairs = MaskFolders.pairs(root);
    Optional<MaskList> known = list(root, pairs, settings.get(CLASSES));
    boolean potsdam = known.filter(l -> l.source().equals("potsdam")).isPresent();
    known.ifPresent(list -> list.kept(settings.get(IGNORE))); // mistakes there come first
    int tile = settings.get(TILE).orElse(0);
    AreaSplit areas = new AreaSplit(settings, potsdam, tile > 0);
    Map<String, List<MaskPair>> splits = areas.of(pairs);
    UnaryOperator<String> area = areas.names(pairs);

    boolean all = settings.get(IGNORE).equals("none");
    MaskRule rule = new MaskRule(known, all, PictureReading.of(settings), false);
    MaskCheck check = new MaskCheck(rule, tile, root, request);
    List<MaskTiles.Scene> checked = check.of(pairs);
    boolean nearly = known.isEmpty() && MaskNoise.isOfTwoLevels(check.used());
    BitSet used = nearly ? MaskNoise.blackAndWhite() : check.used();
    MaskList list = known.orElseGet(() -> MaskList.numbered(used, all));
    if (!list.lists(Field.IGNORED) && !ignores255(settings) && check.blackAndWhite()) {
      throw new UserException(
          "images-with-masks: the masks have the numbers 0 and 255 alone, and %s lists %s; give the class that is white the id 255"
              .formatted(list.source(), list.numbers()));
    }
    MaskRule meaning = new MaskRule(Optional.of(list), all, rule.reading(), nearly);
    MaskList.Kept exact = list.kept(settings.get(IGNORE));
    MaskList.Kept kept = nearly ? exact.nearly() : exact;

    Fingerprint fingerprint = new Fingerprint().add("tile", tile + rule.reading().words());
    fingerprint.add("classes", kept.classes().toString()).add("table", kept.table());
    Map<String, MaskTiles> tiles = new LinkedHashMap<>();
    splits.forEach(
        (name, members) -> {
          Set<MaskPair> own = Set.copyOf(members);
          List<MaskTiles.Scene> scenes =
              checked.stream().filter(scene -> own.contains(scene.pair())).toList();
          scenes.forEach(
              scene ->
                  fingerprint.add(
                      name + " " + root.relativize(scene.pair().image()), scene.digest()));
          tiles.put(name, new MaskTiles(scenes, meaning, kept, area, tile));
        });
    boolean keep = Pixels.fits(tiles.values().stream().mapToLong(MaskTiles::bytes).sum());
    Map<String, Split> opened = new LinkedHashMap<>();
    boolean sound =
        check.evidence() == Dataset.Evidence.LISTING; // what was read before needs no decoding now
    tiles.forEach((name, t) -> opened.put(name, t.open(keep, sound, request)));
    return new OpenDataset(id(), opened, List.of(), fingerprint.hex())
        .masked(kept.classes())
        .picturing(rule.reading().form(tiles.get(Dataset.TRAIN).size(), Fit.MIDDLE))
        .by(check.keep());
  }

  /** The classes as the user, a file or the layout tells them. */
  private static Optional<MaskList> list(Path root, List<MaskPair> pairs, String asked) {
    if (asked.equals("potsdam") || asked.equals("loveda")) {
      return Optional.of(asked.equals("potsdam") ? MaskList.potsdam() : MaskList.loveda());
    }
    if (!asked.equals("auto")) {
      return Optional.of(MaskList.read(Path.of(asked)));
    }
    Path file = root.resolve("classes.csv");
    if (Files.exists(file)) {
      return Optional.of(MaskList.read(file));
    }
    if (pairs.stream().allMatch(p -> p.name().contains("potsdam"))) {
      return Optional.of(MaskList.potsdam());
    }
    boolean loveda = pairs.stream().allMatch(p -> p.mask().getParent().endsWith("masks_png"));
    return loveda ? Optional.of(MaskList.loveda()) : Optional.empty();
  }

  private static boolean ignores255(Settings settings) {
    return Arrays.stream(settings.get(IGNORE).split(","))
        .anyMatch(word -> word.strip().equals(Integer.toString(Field.IGNORED)));
  }
}
