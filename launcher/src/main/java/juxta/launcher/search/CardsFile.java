package juxta.launcher.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import juxta.api.UserException;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.io.Json;

/**
 * The file {@code cards.jsonl}: a line that says what the index beside it holds, then a line for
 * each image. It is replaced as a whole, so that the two always fit each other.
 */
final class CardsFile {
  private static final int FORMAT = 1;

  /**
   * The first line.
   *
   * @param format number of the format
   * @param model the model that made the vectors
   * @param kind {@code exact}, {@code hnsw} or {@code postgresql}
   * @param vectors the folder of the vectors, or the table
   * @param dimensions length of the vectors
   * @param data fingerprint of the data
   * @param splits the splits that are indexed
   * @param complete false while images are still being added
   */
  record Header(
      int format,
      String model,
      String kind,
      String vectors,
      int dimensions,
      String data,
      List<String> splits,
      boolean complete) {
    static Header of(
        String model, String kind, String vectors, int dimensions, String data, List<String> s) {
      return new Header(FORMAT, model, kind, vectors, dimensions, data, s, true);
    }

    Header unfinished() {
      return new Header(FORMAT, model, kind, vectors, dimensions, data, splits, false);
    }
  }

  /** All of the file. */
  record Contents(Header header, List<Card> cards) {}

  private final Path file;

  CardsFile(Path folder) {
    this.file = folder.resolve("cards.jsonl");
  }

  /** Reads it; a file that cannot be read counts as none, for all in it can be made again. */
  Optional<Contents> read() {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      Header header = line(lines.readLine(), Header.class);
      if (header.format() != FORMAT || !sound(header)) {
        return Optional.empty();
      }
      List<Card> cards = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        cards.add(line(line, Card.class));
      }
      return Optional.of(new Contents(header, cards));
    } catch (JsonProcessingException | java.nio.charset.CharacterCodingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UserException(
          "cannot read " + file + " (" + e.getClass().getSimpleName() + "); delete it", e);
    }
  }

  private static <T> T line(String line, Class<T> type) throws IOException {
    return Json.read(String.valueOf(line).getBytes(StandardCharsets.UTF_8), type);
  }

  /** A name with a path in it would read files elsewhere. */
  private static boolean sound(Header header) {
    return header.vectors() != null && header.vectors().matches("[a-z0-9_-]+");
  }

  void write(Header header, List<Card> cards) {
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
          put(header, buffer, channel);
          for (Card card : cards) {
            put(card, buffer, channel);
          }
          flush(buffer, channel);
        });
  }

  private static void put(Object line, ByteBuffer buffer, java.nio.channels.FileChannel channel)
      throws IOException {
    byte[] json = Json.bytes(line);
    byte[] bytes = Arrays.copyOf(json, json.length + 1);
    bytes[json.length] = '\n';
    if (bytes.length > buffer.remaining()) {
      flush(buffer, channel);
    }
    if (bytes.length > buffer.capacity()) {
      AtomicFile.writeAll(channel, ByteBuffer.wrap(bytes));
    } else {
      buffer.put(bytes);
    }
  }

  private static void flush(ByteBuffer buffer, java.nio.channels.FileChannel channel)
      throws IOException {
    buffer.flip();
    AtomicFile.writeAll(channel, buffer);
    buffer.clear();
  }
}
