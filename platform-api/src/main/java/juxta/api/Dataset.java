package juxta.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.picture.PictureForm;
import org.apiguardian.api.API;

/** An opened data set: named splits of typed records. */
@API(status = API.Status.STABLE, since = "0.1")
public interface Dataset extends AutoCloseable {
  /** Name of the split that methods train on. */
  String TRAIN = "train";

  /** Name of the split that evaluators score on. */
  String TEST = "test";

  /** Name of the split that model selection may use. */
  String VALIDATION = "validation";

  /** Name of a split without labels that belongs to the training data. */
  String UNLABELLED = "unlabelled";

  /**
   * Name of the split whose records are searched with, where they are not those of {@link #TEST}.
   */
  String QUERY = "query";

  /**
   * Name of the split with the scans of the training split, in its order, but with every mask to be
   * seen. It is there for one purpose, the row of a comparison that trains on all labels and so
   * bounds the others from above: nothing else may read it, neither methods, nor evaluators, nor
   * what chooses models. It is left out where nothing is hidden or where a scan has no mask.
   */
  String REVEALED = "revealed";

  /**
   * The id by which the user asked for it.
   *
   * @return the provider's id
   */
  String id();

  /**
   * What the records hold.
   *
   * @return the kind
   */
  DataKind kind();

  /**
   * All splits by name; {@link #TRAIN} is always there.
   *
   * @return the splits in a fixed order
   */
  Map<String, Split> splits();

  /**
   * Names of the classes, in label order.
   *
   * @return the names, empty if the data have no class labels
   */
  List<String> classes();

  /**
   * The classes that the masks of images tell apart, in the order of their indices. Labels of
   * records, see {@link #classes}, need not be the same classes.
   *
   * @return the classes, empty if there are no masks, or masks of unnamed classes
   */
  default List<MaskClass> maskClasses() {
    return List.of();
  }

  /**
   * How the reader makes {@link Field#IMAGE} of a file's picture: so a picture to search with, or
   * one that a trained model meets later, is seen as those of the data were.
   *
   * @return the form of the images that evaluators score; empty if the data are not made of picture
   *     files, and the middle of a picture, resized to their images' size, will do
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1")
  default Optional<PictureForm> pictures() {
    return Optional.empty();
  }

  /**
   * How the texts of the records ({@link Field#TEXT}) are put together from their other fields. The
   * search page then offers lists of these fields' values to put a text together.
   *
   * @return the template; empty if texts were written freely, or there are none
   */
  default Optional<TextTemplate> textTemplate() {
    return Optional.empty();
  }

  /**
   * A hash of the content (or of what determines it), so that a run record says which data it saw.
   *
   * @return hexadecimal digits
   */
  String fingerprint();

  /** How a fingerprint was come by. */
  enum Evidence {
    /** All of the content was read to open the data. */
    CONTENT,
    /**
     * Names, lengths and times of change of all files are those of files whose content was read
     * before; the fingerprint is that of the content then.
     */
    LISTING
  }

  /**
   * How the {@link #fingerprint} was come by; equal content has equal fingerprints either way.
   *
   * @return what it rests on
   */
  default Evidence evidence() {
    return Evidence.CONTENT;
  }

  /**
   * The records of a split, read as those of another: photographs to be scored, for instance, as
   * the squares that are trained on. Folds need it, which test what other runs are trained on.
   *
   * @param name the split whose records are wanted
   * @param form a split whose fields they are to have
   * @return the same records in the same order; empty if they cannot be read so. As it stands, the
   *     split itself if both have the same fields, else nothing
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1")
  default Optional<Split> readAs(String name, String form) {
    Split split = split(name);
    return split.fields().equals(split(form).fields()) ? Optional.of(split) : Optional.empty();
  }

  /** Gives up files and memory. */
  @Override
  default void close() {}

  /**
   * Looks a split up by name.
   *
   * @param name the split's name
   * @return the split
   * @throws UserException if there is none, naming the splits that exist
   */
  default Split split(String name) {
    Split split = splits().get(name);
    if (split == null) {
      throw new UserException(
          "data set '"
              + id()
              + "' has no split '"
              + name
              + "'; it has "
              + String.join(", ", splits().keySet()));
    }
    return split;
  }

  /**
   * The training split.
   *
   * @return the split named {@link #TRAIN}
   */
  default Split train() {
    return split(TRAIN);
  }
}
