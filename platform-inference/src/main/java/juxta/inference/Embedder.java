package juxta.inference;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import juxta.inference.Description.Function;
import juxta.inference.Description.Input;
import juxta.inference.Description.Output;
import juxta.picture.ImageSize;
import juxta.picture.Picture;
import juxta.picture.PictureDecoder;
import juxta.picture.PictureForm;
import juxta.picture.RawPicture;
import juxta.picture.UndecodableException;

/**
 * A trained model from a folder that {@code juxta export RUN --to onnx --out DIR} wrote.
 *
 * <pre>{@code
 * try (var model = Embedder.open(Path.of("exported"))) {
 *   float[] v = model.embed(Path.of("photo.jpg"));
 * }
 * }</pre>
 *
 * <p>Pictures are decoded, turned, resized and cut as those of the training were, by the same code.
 * An embedding is what the model gives; two of them are compared by their cosine.
 *
 * <p>Safe to use from several threads at once; one for a whole program is enough, since one call
 * uses all cores. {@link #close} waits for calls that run, and later ones throw {@link
 * IllegalStateException}.
 *
 * @since 0.1
 */
public final class Embedder implements AutoCloseable {
  private static final String EMBED = "embed";
  private static final String EMBED_TEXT = "embedText";
  private static final String EMBEDDING = "embedding";

  /** The longest picture file that is read, in bytes. */
  private static final long LONGEST = 1L << 30;

  private final Path folder;
  private final Description description;
  private final Options options;
  private final Map<String, Graph> open = new TreeMap<>();
  private final Map<Path, TokenizerFile> tokenizers = new HashMap<>();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private Embedder(Path folder, Description description, Options options) {
    this.folder = folder;
    this.description = description;
    this.options = options;
  }

  /**
   * Opens a folder.
   *
   * @param folder what {@code juxta export --to onnx} wrote
   * @return the model, to be closed
   * @throws InferenceException if there is no such folder, it is no export or a newer version's, a
   *     file is missing, or one is damaged
   */
  public static Embedder open(Path folder) {
    return open(folder, Options.DEFAULTS);
  }

  /**
   * Opens a folder.
   *
   * @param folder what {@code juxta export --to onnx} wrote
   * @param options how the model runs
   * @return the model, to be closed
   * @throws InferenceException if there is no such folder, it is no export or a newer version's, a
   *     file is missing, or one is damaged
   */
  public static Embedder open(Path folder, Options options) {
    Embedder embedder = new Embedder(folder, Description.read(folder), options);
    if (embedder.description.functions().containsKey(EMBED)) {
      embedder.graph(EMBED); // damage is told now; other functions are opened when they are used
    }
    return embedder;
  }

  /**
   * The functions that the folder holds.
   *
   * @return names such as {@code embed} and {@code embedText}, in the order of the folder's list
   */
  public Set<String> functions() {
    return Collections.unmodifiableSet(description.functions().keySet());
  }

  /**
   * Numbers of an embedding.
   *
   * @return the length of what {@link #embed(Path)} returns
   * @throws InferenceException if the model has no function {@code embed}
   */
  public int width() {
    long width = 1;
    for (long length : embedding(function(EMBED)).shape()) {
      width *= length;
    }
    return Math.toIntExact(width);
  }

  /**
   * Embeds a picture.
   *
   * @param file a PNG, JPEG, BMP, GIF or TIFF file
   * @return the embedding, {@link #width} numbers
   * @throws InferenceException if the file cannot be read or is no picture, or the model does not
   *     embed pictures
   */
  public float[] embed(Path file) {
    return embed(List.of(file)).get(0);
  }

  /**
   * Embeds a picture.
   *
   * @param file the content of a PNG, JPEG, BMP, GIF or TIFF file
   * @return the embedding, {@link #width} numbers
   * @throws InferenceException if that is no picture, or the model does not embed pictures
   */
  public float[] embed(byte[] file) {
    return embedded(List.of(() -> decode("the bytes", file))).get(0);
  }

  /**
   * Embeds a picture.
   *
   * @param image an image in memory, of 8 or 16 bits; transparency is dropped
   * @return the embedding, {@link #width} numbers
   * @throws InferenceException if it has other numbers, or the model does not embed pictures
   */
  public float[] embed(BufferedImage image) {
    return embedded(List.of(() -> raw(image))).get(0);
  }

  /**
   * Embeds pictures in batches, see {@link Options#batch}; they are decoded on all cores.
   *
   * @param files PNG, JPEG, BMP, GIF or TIFF files
   * @return an embedding each, in their order
   * @throws InferenceException naming a file that cannot be read or is no picture, or if the model
   *     does not embed pictures
   */
  public List<float[]> embed(List<Path> files) {
    List<Supplier<RawPicture>> pictures = new ArrayList<>();
    files.forEach(file -> pictures.add(() -> decode(file.toString(), content(file))));
    return embedded(pictures);
  }

  /**
   * Embeds a text, to be compared with embeddings of pictures.
   *
   * @param text any text; what is too long is cut off
   * @return the embedding
   * @throws InferenceException if the model does not embed texts, or with a tokenizer of another
   *     kind
   */
  public float[] embedText(String text) {
    Function function = function(EMBED_TEXT);
    if (function.text().isEmpty() || function.inputs().size() != 1) {
      throw new InferenceException(
          folder + ": its function 'embedText' comes without a tokenizer; call run with token ids");
    }
    int[] ids = tokenizer(function.text().get()).encode(text);
    Input input = function.inputs().get(0);
    return run(EMBED_TEXT, Map.of(input.name(), Tensor.of(ids, 1, ids.length)))
        .get(embedding(function).name())
        .rows()
        .get(0);
  }

  private TokenizerFile tokenizer(Path file) {
    synchronized (tokenizers) {
      return tokenizers.computeIfAbsent(file, TokenizerFile::read);
    }
  }

  /**
   * Runs any function, for example on volumes.
   *
   * @param function its name, one of {@link #functions}
   * @param inputs the function's inputs by name; the first axis of each is the batch, of one or
   *     more records
   * @return its outputs by name, FLOAT32, the first axis the batch
   * @throws InferenceException if there is no such function, or an input is missing, unknown, or of
   *     another type or shape
   */
  public Map<String, Tensor> run(String function, Map<String, Tensor> inputs) {
    lock.readLock().lock();
    try {
      return graph(function).run(inputs);
    } finally {
      lock.readLock().unlock();
    }
  }

  private List<float[]> embedded(List<Supplier<RawPicture>> pictures) {
    Function function = function(EMBED);
    PictureForm form =
        description
            .pictures()
            .filter(any -> function.inputs().size() == 1)
            .orElseThrow(
                () ->
                    new InferenceException(
                        folder
                            + ": the model embeds "
                            + function.inputs().stream().map(Input::name).toList()
                            + ", not pictures; call run"));
    String input = function.inputs().get(0).name();
    String output = embedding(function).name();
    float[][] vectors = new float[pictures.size()][];
    for (int from = 0; from < vectors.length; from += options.batch()) {
      int first = from;
      int to = Math.min(vectors.length, from + options.batch());
      Picture[] images = new Picture[to - from];
      IntStream.range(from, to)
          .parallel()
          .forEach(i -> images[i - first] = form.of(pictures.get(i).get()));
      Map<ImageSize, List<Integer>> sizes = new LinkedHashMap<>(); // any size: one batch a size
      for (int i = 0; i < images.length; i++) {
        sizes.computeIfAbsent(images[i].size(), size -> new ArrayList<>()).add(i);
      }
      sizes.forEach(
          (size, members) -> {
            Tensor batch =
                batch(size, form.channels(), members.stream().map(i -> images[i]).toList());
            List<float[]> rows = run(EMBED, Map.of(input, batch)).get(output).rows();
            for (int row = 0; row < rows.size(); row++) {
              vectors[first + members.get(row)] = rows.get(row);
            }
          });
    }
    return List.of(vectors);
  }

  private static Tensor batch(ImageSize size, int channels, List<Picture> images) {
    int each = size.height() * size.width() * channels;
    byte[] bytes = new byte[Math.multiplyExact(each, images.size())];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).bytes(channels), 0, bytes, i * each, each);
    }
    return Tensor.of(bytes, images.size(), size.height(), size.width(), channels);
  }

  private static Output embedding(Function function) {
    List<Output> outputs = function.outputs();
    return outputs.stream()
        .filter(output -> output.name().equals(EMBEDDING))
        .findFirst()
        .orElseGet(() -> outputs.get(0));
  }

  private static byte[] content(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new InferenceException(file + ": is longer than any picture; name another file");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InferenceException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new InferenceException(
          file + ": cannot be read (" + InferenceException.reason(e) + ")", e);
    }
  }

  private static RawPicture decode(String what, byte[] bytes) {
    try {
      return PictureDecoder.FILES.decode(bytes);
    } catch (UndecodableException e) {
      throw noPicture(what, e);
    }
  }

  private static RawPicture raw(BufferedImage image) {
    try {
      return RawPicture.of(image);
    } catch (UndecodableException e) {
      throw noPicture("the image", e);
    }
  }

  private static InferenceException noPicture(String what, UndecodableException cause) {
    return new InferenceException(
        what + ": is no readable picture (" + cause.getMessage() + ")", cause);
  }

  private Function function(String name) {
    Function function = description.functions().get(name);
    if (function == null) {
      throw new InferenceException(
          "%s: the model has no function '%s'; it has %s"
              .formatted(folder, name, String.join(", ", functions())));
    }
    return function;
  }

  private Graph graph(String name) {
    Function function = function(name);
    synchronized (open) {
      if (closed) {
        throw new IllegalStateException(folder + ": the model was closed");
      }
      return open.computeIfAbsent(name, key -> new Graph(key, function, options));
    }
  }

  /** Gives the model's memory back, when the calls that run have ended. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      synchronized (open) {
        closed = true;
        open.values().forEach(Graph::close);
        open.clear();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
