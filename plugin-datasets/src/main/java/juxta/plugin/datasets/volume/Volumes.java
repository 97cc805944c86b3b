package juxta.plugin.datasets.volume;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;

/**
 * Scans of three dimensions with a class a voxel, some or all of them labelled: HDF5, NIfTI or NRRD
 * files in one of the layouts of {@link VolumeCases}, split by {@code train.list}, {@code
 * test.list} and {@code validation.list} with a case id a line, or by share.
 *
 * <p>Fields: {@code volume} float32 [X, Y, Z, 1] and {@code mask} uint8 [X, Y, Z], filled up with
 * zeros to the greatest extent of all splits; {@code extent} int32 [3], the voxels that are real;
 * {@code spacing} float32 [3] in mm, 1 where it is unknown; {@code affine} float32 [12], indices to
 * mm; {@code labelled} int32, 0 where the mask is all zeros because nobody may see it; {@code
 * case}, the id. A crop follows the label of unlabelled scans too, as the published protocols do.
 *
 * <p>Where {@code labelled} hides masks that are there, a split {@code revealed} holds the training
 * scans with all masks. Only the row of a comparison that trains on all labels may read it.
 *
 * <p>Settings for raw scans, as the published comparisons prepare them:
 *
 * <ul>
 *   <li>left atrium of 2018: {@code normalise=z-score crop-margin=10 crop-jitter=9 crop-size=112
 *       crop-axes=xy}
 *   <li>Pancreas-CT: {@code spacing=1 window-low=-125 window-high=275 crop-margin=25
 *       normalise=z-score normalise-after-crop=true}
 *   <li>ACDC: {@code normalise=min-max}
 * </ul>
 */
public final class Volumes implements DatasetProvider {
  static final Setting<Optional<Integer>> LABELLED =
      Setting.integer("labelled")
          .range(1, 1_000_000)
          .unset("all", "0")
          .describe("the first so many scans of train.list keep their labels")
          .source("own choice: nothing is hidden unless asked for");

  static final Setting<Integer> VALIDATION_CASES =
      Setting.integer("validation-cases", 0)
          .range(0, 1_000_000)
          .describe("the last so many labelled training scans become the validation split")
          .source("own choice: the usual lists have no validation split");

  static final Setting<Double> TEST_SHARE =
      Setting.real("test-share", 0.2)
          .range(0, 0.9)
          .describe("share of the patients, last by name, held out where no list says which")
          .source("own choice: that of the usual lists for the 2018 atrium challenge");

  static final Setting<Integer> CLASSES =
      Setting.integer("classes", 2)
          .range(2, 128)
          .describe("number of classes, the background included")
          .source("the usual: one structure before its background");

  static final Setting<String> AXES =
      Setting.choice("axes", "xyz", "xyz", "zyx")
          .describe("order of the axes in HDF5 files; zyx: slice, row, column")
          .source("as the HDF5 files of the 2018 atrium challenge are usually prepared");

  /** Creates the provider. */
  public Volumes() {}

  @Override
  public String id() {
    return "volumes";
  }

  @Override
  public String summary() {
    return "a folder of 3D scans with masks (HDF5, NIfTI, NRRD), all or few of them labelled";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(
            Stream.of(LABELLED, VALIDATION_CASES, TEST_SHARE, CLASSES, AXES),
            VolumePreparation.SETTINGS.stream())
        .toList();
  }

  @Override
  public DataKind kind() {
    return DataKind.VOLUMES;
  }

  @Override
  public Dataset open(Request request) {
    Settings settings = request.settings();
    VolumePreparation preparation = VolumePreparation.of(settings);
    Path root = DataFolder.find(request, id(), List.of(), "", VolumeCases.CONTENTS);
    Map<String, CaseFiles> cases = VolumeCases.find(root);
    Map<String, List<String>> lists =
        VolumeLists.read(root, cases.keySet(), settings.get(TEST_SHARE));
    VolumeLabels labels =
        VolumeLabels.of(
            lists, cases, settings.get(LABELLED).orElse(0), settings.get(VALIDATION_CASES));
    VolumeLoader loader =
        new VolumeLoader(
            new VolumeReader(settings.get(CLASSES), settings.get(AXES).equals("zyx")),
            preparation,
            new VolumeCache(request.cache().resolve("prepared-volumes")),
            request.progress());
    Fingerprint fingerprint = new Fingerprint();
    return new OpenDataset(
        id(),
        kind(),
        splits(labels, cases, loader, fingerprint),
        names(settings.get(CLASSES)),
        fingerprint.hex());
  }

  private static Map<String, Split> splits(
      VolumeLabels labels,
      Map<String, CaseFiles> cases,
      VolumeLoader loader,
      Fingerprint fingerprint) {
    List<String> ids = labels.splits().values().stream().flatMap(List::stream).toList();
    List<VolumeLoader.Loaded> loaded = loader.load(ids.stream().map(cases::get).toList());
    Map<String, List<VolumeRecord>> records = new LinkedHashMap<>();
    List<VolumeRecord> all = new ArrayList<>();
    labels
        .splits()
        .forEach(
            (split, names) -> {
              List<VolumeRecord> own = new ArrayList<>();
              for (String id : names) {
                VolumeLoader.Loaded one = loaded.get(all.size());
                boolean seen = labels.seen().contains(id);
                VolumeRecord record =
                    new VolumeRecord(id, seen, one.grid(), one.source(), one.scan());
                fingerprint.add(split + " " + id + (seen ? " labelled" : ""), one.digest());
                own.add(record);
                all.add(record);
              }
              records.put(split, own);
            });
    if (labels.hides(cases)) {
      List<VolumeRecord> train = records.get(Dataset.TRAIN);
      records.put(Dataset.REVEALED, train.stream().map(VolumeRecord::revealed).toList());
    }
    VolumeColumns columns = VolumeColumns.around(all);
    Map<String, Split> splits = new LinkedHashMap<>();
    records.forEach((split, own) -> splits.put(split, columns.split(own)));
    return splits;
  }

  public static List<String> names(int classes) {
    return IntStream.range(0, classes)
        .mapToObj(i -> i == 0 ? "background" : classes == 2 ? "foreground" : "foreground-" + i)
        .toList();
  }
}
