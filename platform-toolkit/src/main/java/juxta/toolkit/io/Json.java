package juxta.toolkit.io;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import juxta.api.UserException;

/**
 * Reads and writes JSON by way of records, in one way everywhere: a name that stands twice, or text
 * behind the end, is an error, and an empty {@link java.util.Optional} is left out. The package of
 * a record must be open to {@code com.fasterxml.jackson.databind}.
 */
public final class Json {
  static final JsonMapper MAPPER = builder().build();

  private Json() {}

  /** What Jackson says for its own users, of whom no user of Juxta is one. */
  private static final Pattern INTERNALS =
      Pattern.compile("\\s*\\(start marker at \\[Source.*|, from `[^`]*`|\\s*\\(bound as .*");

  /**
   * Why a text is no JSON, in a line.
   *
   * @param e what was thrown
   * @return the reason, without a place
   */
  public static String reason(JsonProcessingException e) {
    String first = e.getOriginalMessage().lines().findFirst().orElse("").strip();
    return first.startsWith("Trailing token")
        ? "something follows behind its end"
        : INTERNALS.matcher(first).replaceAll("");
  }

  /**
   * How this class reads and writes, for who needs it in another strictness.
   *
   * @return a builder
   */
  public static JsonMapper.Builder builder() {
    return OptionalJson.addTo(
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION));
  }

  /**
   * Reads a value.
   *
   * @param <T> what it is read into
   * @param text JSON, UTF-8
   * @param type a record or an array
   * @return the value
   * @throws IOException a {@link JsonProcessingException} if it is no JSON, is {@code null}, or
   *     does not fit the type
   */
  public static <T> T read(byte[] text, Class<T> type) throws IOException {
    T value = MAPPER.readValue(text, type);
    if (value == null) {
      throw MismatchedInputException.from((JsonParser) null, type, "null");
    }
    return value;
  }

  /**
   * Reads a file.
   *
   * @param <T> what it is read into
   * @param file the file
   * @param type a record or an array
   * @return its content
   * @throws IOException if it cannot be read, or see {@link #read(byte[], Class)}
   */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    return read(Files.readAllBytes(file), type);
  }

  /**
   * A value as JSON.
   *
   * @param value a record, collection, number or text
   * @return UTF-8, in one line
   */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A value as JSON for people, too.
   *
   * @param value see {@link #bytes}
   * @return JSON over several lines, without one at its end
   */
  public static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a file.
   *
   * @param file where it goes; a file that is there is replaced
   * @param value see {@link #bytes}
   * @throws UserException if it cannot be written
   */
  public static void write(Path file, Object value) {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(value));
    AtomicFile.write(
        file,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }
}
