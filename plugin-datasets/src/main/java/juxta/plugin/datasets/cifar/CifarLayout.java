package juxta.plugin.datasets.cifar;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import juxta.api.Dataset;
import juxta.api.DatasetProvider.Request;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.file.ClassNames;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;

/**
 * How one of the CIFAR sets lies on disk (binary version of
 * https://www.cs.toronto.edu/~kriz/cifar.html).
 *
 * @param id the provider's id
 * @param archive the folder into which the published archive unpacks
 * @param train pattern of the names of the training files
 * @param test name of the test file
 * @param labelBytes label bytes a record
 * @param label which of them is wanted
 * @param names file with the class names, which may be absent
 * @param classes the usual class names
 */
record CifarLayout(
    String id,
    String archive,
    Pattern train,
    String test,
    int labelBytes,
    int label,
    String names,
    List<String> classes) {

  Dataset open(Request request) {
    String contents = train.pattern().replace("\\", "").replace(".*", "*") + " and " + test;
    Path folder = DataFolder.find(request, id, List.of(archive), test, contents);
    List<Path> batches =
        DataFolder.list(folder).stream()
            .filter(file -> train.matcher(DataFolder.name(file)).matches())
            .toList();
    if (batches.isEmpty()) {
      throw new UserException(
          "%s: %s holds no training file; name the folder that holds %s: --data %s:/path"
              .formatted(id, folder, contents, id));
    }
    request.progress().accept("reading " + id, 0.0);
    PlanarRecords training = PlanarRecords.read(batches, labelBytes);
    PlanarRecords testing = PlanarRecords.read(List.of(folder.resolve(test)), labelBytes);
    List<String> words = ClassNames.read(folder.resolve(names), classes);
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(Dataset.TRAIN, split(training));
    splits.put(Dataset.TEST, split(testing));
    Fingerprint fingerprint = new Fingerprint().add("label", Integer.toString(label));
    training.addTo(fingerprint);
    testing.addTo(fingerprint);
    request.progress().accept("reading " + id, 1.0);
    return new OpenDataset(id, splits, words, fingerprint.hex());
  }

  private Split split(PlanarRecords records) {
    return ColumnSplit.of(
        records.size(),
        Column.images(PlanarRecords.SIDE, PlanarRecords.SIDE, 3, records.pictures()),
        Column.labels(records.labels(label, classes.size())));
  }
}
