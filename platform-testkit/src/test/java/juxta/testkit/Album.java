package juxta.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Setting;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.picture.ImageFiles;
import juxta.toolkit.picture.LabelledFile;
import juxta.toolkit.picture.PackedPictures;

/** A stranger's reader: a file {@code album.txt} with a line "split class file" a picture. */
public final class Album implements DatasetProvider {
  /** Creates the provider. */
  public Album() {}

  @Override
  public String id() {
    return "album";
  }

  @Override
  public String summary() {
    return "pictures that a file album.txt lists, with their splits and classes";
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(ImageFiles.SIDE, PackedPictures.SETTING);
  }

  @Override
  public Dataset open(Request request) {
    Path root = DataFolder.find(request, id(), List.of(), "album.txt", "album.txt");
    List<String[]> lines = new ArrayList<>();
    for (String line : DataFolder.lines(root.resolve("album.txt"))) {
      lines.add(line.split(" ", 3));
      if (lines.get(lines.size() - 1).length < 3) {
        throw new UserException(
            root.resolve("album.txt") + ": '" + line + "' is not 'split class file'; mend it");
      }
    }
    List<String> classes = List.copyOf(new TreeSet<>(lines.stream().map(l -> l[1]).toList()));
    Map<String, List<LabelledFile>> files = new LinkedHashMap<>();
    for (String[] line : lines) {
      files
          .computeIfAbsent(line[0], split -> new ArrayList<>())
          .add(new LabelledFile(root.resolve(line[2]), classes.indexOf(line[1])));
    }
    Fingerprint fingerprint = new Fingerprint();
    ImageFiles reader = new ImageFiles(root, request);
    return new OpenDataset(id(), reader.open(files, fingerprint), classes, fingerprint.hex())
        .by(reader.evidence());
  }
}
