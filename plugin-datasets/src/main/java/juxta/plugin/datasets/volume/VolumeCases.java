package juxta.plugin.datasets.volume;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Problems;
import juxta.toolkit.io.RegularFile;

/** Finds the scans of a folder in the layouts that are usual for them. */
final class VolumeCases {
  static final String CONTENTS =
      "<case>/*.h5, <case>.h5, <case>_image and <case>_label files (.nii, .nii.gz, .nrrd), or"
          + " imagesTr and labelsTr";

  private static final Pattern IMAGE = Pattern.compile("(.+)_image");
  private static final Pattern LABEL = Pattern.compile("(.+)_label.*");
  private static final Pattern CHANNEL = Pattern.compile("(.+)_(\\d{4})");

  private VolumeCases() {}

  /**
   * All cases by id. Of several layouts in one folder the first that has cases counts.
   *
   * @throws UserException if there are none or two have the same id
   */
  static Map<String, CaseFiles> find(Path root) {
    return Stream.<List<CaseFiles>>of(
            nnUnet(root), foldersWithHdf5(root), hdf5Files(root), pairs(root))
        .filter(cases -> !cases.isEmpty())
        .findFirst()
        .map(cases -> within(root, cases))
        .map(VolumeCases::byId)
        .orElseThrow(
            () ->
                new UserException(
                    "%s: holds no scans; name the folder that holds %s: --data volumes:/path"
                        .formatted(root, CONTENTS)));
  }

  private static List<CaseFiles> within(Path root, List<CaseFiles> cases) {
    List<String> problems = new ArrayList<>();
    for (CaseFiles one : cases) {
      try {
        DataFolder.checkWithin(RegularFile.check(one.image()), root);
        one.label().ifPresent(file -> DataFolder.checkWithin(RegularFile.check(file), root));
      } catch (UserException e) {
        problems.addAll(e.problems());
      }
    }
    Problems.report(problems, "scans");
    return cases;
  }

  private static Map<String, CaseFiles> byId(List<CaseFiles> cases) {
    Map<String, CaseFiles> byId = new TreeMap<>();
    for (CaseFiles one : cases) {
      CaseFiles twin = byId.putIfAbsent(one.id(), one);
      if (twin != null) {
        throw new UserException(
            "%s: is case '%s', as is %s; remove or rename one of the two"
                .formatted(one.image(), one.id(), twin.image()));
      }
    }
    return byId;
  }

  private static List<CaseFiles> foldersWithHdf5(Path root) {
    List<CaseFiles> cases = new ArrayList<>();
    for (Path folder : DataFolder.list(root)) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      List<Path> files = files(folder, VolumeFormat.HDF5);
      if (files.size() > 1) {
        throw new UserException(
            "%s: holds %d HDF5 files, but a case is one; remove the others"
                .formatted(folder, files.size()));
      }
      files.forEach(file -> cases.add(hdf5(DataFolder.name(folder), file)));
    }
    return cases;
  }

  private static List<CaseFiles> hdf5Files(Path root) {
    return files(root, VolumeFormat.HDF5).stream()
        .map(file -> hdf5(VolumeFormat.stem(file), file))
        .toList();
  }

  private static CaseFiles hdf5(String id, Path file) {
    return new CaseFiles(id, file, Hdf5.imageAlone(file) ? Optional.empty() : Optional.of(file));
  }

  private static List<CaseFiles> pairs(Path root) {
    List<Path> files = files(root, VolumeFormat.NIFTI, VolumeFormat.NRRD);
    Map<String, Path> labels = new TreeMap<>();
    for (Path file : files) {
      Matcher label = LABEL.matcher(VolumeFormat.stem(file));
      if (label.matches()) {
        Path twin = labels.putIfAbsent(label.group(1), file);
        if (twin != null) {
          throw new UserException(
              "%s: labels case '%s', as does %s; remove one of the two"
                  .formatted(file, label.group(1), twin));
        }
      }
    }
    List<CaseFiles> cases = new ArrayList<>();
    for (Path file : files) {
      Matcher image = IMAGE.matcher(VolumeFormat.stem(file));
      if (image.matches()) {
        String id = image.group(1);
        cases.add(new CaseFiles(id, file, Optional.ofNullable(labels.get(id))));
      }
    }
    return cases;
  }

  /** The layout of nnU-Net's raw data; only scans of one channel. */
  private static List<CaseFiles> nnUnet(Path root) {
    Path images = root.resolve("imagesTr");
    if (!Files.isDirectory(images)) {
      return List.of();
    }
    Map<String, Path> labels = new TreeMap<>();
    Path drawn = root.resolve("labelsTr");
    if (Files.isDirectory(drawn)) {
      files(drawn, VolumeFormat.NIFTI, VolumeFormat.NRRD)
          .forEach(file -> labels.put(VolumeFormat.stem(file), file));
    }
    List<CaseFiles> cases = new ArrayList<>();
    for (Path file : files(images, VolumeFormat.NIFTI, VolumeFormat.NRRD)) {
      Matcher channel = CHANNEL.matcher(VolumeFormat.stem(file));
      if (!channel.matches()) {
        throw new UserException(
            file + ": has no channel in its name; name it <case>_0000 as nnU-Net does");
      }
      if (!channel.group(2).equals("0000")) {
        throw new UserException(
            file + ": is a second channel, but scans have one here; move it elsewhere");
      }
      String id = channel.group(1);
      cases.add(new CaseFiles(id, file, Optional.ofNullable(labels.get(id))));
    }
    return cases;
  }

  private static List<Path> files(Path folder, VolumeFormat... formats) {
    List<VolumeFormat> wanted = List.of(formats);
    return DataFolder.list(folder).stream()
        .filter(file -> !Files.isDirectory(file)) // pipes and the like are refused, not passed over
        .filter(file -> VolumeFormat.of(file).filter(wanted::contains).isPresent())
        .toList();
  }
}
