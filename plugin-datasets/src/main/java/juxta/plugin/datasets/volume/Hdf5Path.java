package juxta.plugin.datasets.volume;

import java.util.Optional;
import java.util.Set;
import juxta.api.UserException;

/**
 * Finds an object by its name, along soft links. Links into other files are not followed: a file
 * from elsewhere must not have files read that lie elsewhere.
 *
 * @param bytes the file
 * @param place for errors
 * @param top address of the group at the top
 */
record Hdf5Path(Hdf5Bytes bytes, Hdf5Place place, long top) {
  private static final int MOST_LINKS = 16;

  /** The header of what has the name at the top, if anything has. */
  Optional<Hdf5Header> find() {
    return Optional.ofNullable(group(top).links().get(place.name()))
        .map(link -> Hdf5Header.read(bytes, followed(link, top, MOST_LINKS)));
  }

  /** Names of all at the top. */
  Set<String> names() {
    return group(top).links().keySet();
  }

  private Hdf5Group group(long address) {
    return Hdf5Group.of(bytes, Hdf5Header.read(bytes, address));
  }

  private long followed(Hdf5Group.Link link, long group, int links) {
    if (link instanceof Hdf5Group.Hard hard) {
      return hard.address();
    }
    if (!(link instanceof Hdf5Group.Soft soft)) {
      throw new UserException(
          "%s: '%s' is a link into another file, which is not followed; store the data set itself in the file"
              .formatted(place.file(), place.name()));
    }
    if (links == 0) {
      throw place.damaged("is a link to '" + soft.path() + "', which leads to itself");
    }
    long at = soft.path().startsWith("/") ? top : group;
    for (String name : soft.path().split("/")) {
      if (!name.isEmpty() && !name.equals(".")) {
        Hdf5Group.Link next = group(at).links().get(name);
        if (next == null) {
          throw place.damaged("is a link to '" + soft.path() + "', which is not in the file");
        }
        at = followed(next, at, links - 1);
      }
    }
    return at;
  }
}
