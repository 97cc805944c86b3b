package juxta.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import juxta.api.UserException;
import juxta.toolkit.io.Dtype;
import juxta.toolkit.io.Json;
import juxta.toolkit.io.Safetensors;
import juxta.toolkit.io.StoredTensor;

/**
 * The files of an exact index: vectors in {@code vectors-*.safetensors}, ids in {@code ids-*.json},
 * and {@code index.json}, which names the files that are valid. A save writes what changed under
 * new names, then replaces {@code index.json}, then deletes what is no longer named: a crash leaves
 * the old index or the new one, and at worst files that the next save deletes.
 */
final class ExactFolder {
  static final String INDEX = "index.json";

  private static final String FORMAT = "juxta exact index 1";
  private static final String TENSOR = "vectors";

  /** One file of vectors. */
  record Part(String file, int rows) {}

  /** What {@code index.json} says; the save number makes the names of files new. */
  record Contents(String format, long save, int dimensions, String ids, List<Part> parts) {}

  private final Path folder;
  private final int dimensions;
  private final int capacity; // rows of a block
  private long save; // number of the save that the blocks in memory came from or went to

  ExactFolder(Path folder, int dimensions, int capacity) {
    this.folder = folder;
    this.dimensions = dimensions;
    this.capacity = capacity;
  }

  /** Reads the blocks; none if nothing was saved here yet. */
  List<Block> load() {
    Optional<Contents> found = contents();
    if (found.isEmpty()) {
      return new ArrayList<>();
    }
    Contents contents = found.get();
    Kind.checkDimensions(folder, contents.dimensions(), dimensions);
    List<String> ids = ids(contents);
    save = contents.save();
    List<Block> blocks = new ArrayList<>();
    int from = 0;
    try {
      for (Part part : contents.parts()) {
        Block block = new Block(dimensions, capacity);
        blocks.add(block);
        fill(block, part, ids.subList(from, from + part.rows()));
        from += part.rows();
      }
    } catch (RuntimeException e) {
      blocks.forEach(Block::close);
      throw e;
    }
    return blocks;
  }

  /** Writes the blocks that changed, and makes all of them what the folder holds. */
  synchronized void save(List<Block> blocks) {
    long found = contents().map(Contents::save).orElse(0L);
    if (found != save) {
      throw new UserException(
          folder + ": was changed by another process; open the index again and repeat the changes");
    }
    long next = save + 1;
    List<Part> parts = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    List<Runnable> saved = new ArrayList<>();
    for (Block block : blocks) {
      String name =
          block.file().orElseGet(() -> "vectors-" + next + "-" + parts.size() + ".safetensors");
      if (block.file().isEmpty()) {
        write(block, name);
        saved.add(() -> block.savedAs(name));
      }
      parts.add(new Part(name, block.size()));
      ids.addAll(block.ids());
    }
    Contents contents = new Contents(FORMAT, next, dimensions, "ids-" + next + ".json", parts);
    Json.write(folder.resolve(contents.ids()), ids);
    Json.write(folder.resolve(INDEX), contents);
    save = next;
    saved.forEach(Runnable::run);
    deleteAllBut(contents);
  }

  private Optional<Contents> contents() {
    Path file = folder.resolve(INDEX);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    Contents contents = read(file, Contents.class);
    if (!FORMAT.equals(contents.format()) || contents.ids() == null || !sound(contents.parts())) {
      throw damaged(file, "is no index that this version of Juxta reads");
    }
    contents.parts().forEach(part -> checkName(file, part.file(), "vectors-[0-9-]+\\.safetensors"));
    checkName(file, contents.ids(), "ids-[0-9]+\\.json");
    return Optional.of(contents);
  }

  private static boolean sound(List<Part> parts) {
    return parts != null && parts.stream().allMatch(part -> part != null && part.rows() >= 0);
  }

  /** A name with a path in it would read files elsewhere. */
  private static void checkName(Path file, String name, String pattern) {
    if (name == null || !name.matches(pattern)) {
      throw damaged(file, "names a file '" + name + "', which is none of an index");
    }
  }

  private List<String> ids(Contents contents) {
    Path file = folder.resolve(contents.ids());
    List<String> ids = Arrays.asList(read(file, String[].class));
    long rows = contents.parts().stream().mapToLong(Part::rows).sum();
    if (ids.size() != rows) {
      throw damaged(file, "has " + ids.size() + " ids for " + rows + " vectors");
    }
    Set<String> seen = new HashSet<>();
    for (String id : ids) {
      if (id == null || !UnitRows.fault(id).isEmpty() || !seen.add(id)) {
        throw damaged(file, "has an id that is not possible or is there twice");
      }
    }
    return ids;
  }

  private void fill(Block block, Part part, List<String> ids) {
    Path file = folder.resolve(part.file());
    StoredTensor tensor;
    try (Safetensors opened = Safetensors.open(file)) {
      tensor = opened.tensor(TENSOR);
    }
    List<Long> shape = List.of((long) part.rows(), (long) dimensions);
    if (tensor.dtype() != Dtype.F32 || !tensor.shape().equals(shape) || part.rows() > capacity) {
      throw damaged(
          file, "holds " + tensor.dtype() + " of shape " + tensor.shape() + ", not F32 " + shape);
    }
    ByteBuffer data = tensor.data();
    float[] row = new float[dimensions];
    for (String id : ids) {
      double squares = 0;
      for (int i = 0; i < dimensions; i++) {
        row[i] = data.getFloat();
        squares += (double) row[i] * row[i];
      }
      if (!(Math.abs(squares - 1) < 1e-3)) {
        throw damaged(file, "the vector of '" + id + "' does not have length 1");
      }
      block.add(id, row);
    }
    block.savedAs(part.file());
  }

  private void write(Block block, String name) {
    ByteBuffer data =
        ByteBuffer.allocate(4 * block.size() * dimensions).order(ByteOrder.LITTLE_ENDIAN);
    float[] row = new float[dimensions];
    for (int i = 0; i < block.size(); i++) {
      block.read(i, row);
      for (float value : row) {
        data.putFloat(value);
      }
    }
    StoredTensor tensor =
        new StoredTensor(Dtype.F32, List.of((long) block.size(), (long) dimensions), data.flip());
    Safetensors.write(folder.resolve(name), Map.of(TENSOR, tensor), Map.of());
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return Json.read(file, type);
    } catch (IOException e) {
      throw new UserException(
          "cannot read "
              + file
              + " ("
              + e.getClass().getSimpleName()
              + "): it is missing or damaged; restore it, or make the index anew in an empty folder",
          e);
    }
  }

  /** Files that cannot be deleted do no harm: the next save tries again. */
  private void deleteAllBut(Contents contents) {
    Set<String> named = new HashSet<>(Set.of(INDEX, contents.ids()));
    contents.parts().forEach(part -> named.add(part.file()));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!named.contains(name)
            && name.matches("vectors-[0-9-]+\\.safetensors|ids-[0-9]+\\.json")) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      System.getLogger(ExactFolder.class.getName())
          .log(System.Logger.Level.DEBUG, "old files left in " + folder, e);
    }
  }

  private static UserException damaged(Path file, String what) {
    return new UserException(
        file + ": " + what + "; restore it, or make the index anew in an empty folder");
  }
}
