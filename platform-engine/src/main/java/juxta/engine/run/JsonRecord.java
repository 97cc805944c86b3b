package juxta.engine.run;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads JSON files that Juxta wrote and that may have been damaged since: what is in them has the
 * types that their readers rely on, or the file is refused.
 */
public final class JsonRecord {
  /** A pipe has no end, and no record is larger. */
  private static final long MOST_BYTES = 1L << 28;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonRecord() {}

  /** What a field holds. */
  public enum Kind {
    /** A text. */
    TEXT("a text", JsonNode::isTextual),
    /** A whole number of 64 bits. */
    INTEGER("a whole number", node -> node.isIntegralNumber() && node.canConvertToLong()),
    /** One that is not negative. */
    COUNT("a whole number from 0", node -> INTEGER.fits(node) && node.asLong() >= 0),
    /** A number, perhaps one that is not finite and stands as text. */
    REAL(
        "a number",
        node ->
            node.isNumber()
                || Set.of("NaN", "Infinity", "-Infinity").contains(node.asText("number"))),
    /** Values by name. */
    GROUP("an object", JsonNode::isObject),
    /** Texts by name. */
    TEXTS("an object of texts", node -> node.isObject() && all(node, TEXT)),
    /** Counts by name. */
    COUNTS("an object of whole numbers", node -> node.isObject() && all(node, COUNT)),
    /** Groups by name. */
    GROUPS("an object of objects", node -> node.isObject() && all(node, GROUP)),
    /** Groups in an order. */
    GROUP_LIST("a list of objects", node -> node.isArray() && all(node, GROUP)),
    /** Texts in an order. */
    TEXT_LIST("a list of texts", node -> node.isArray() && all(node, TEXT)),
    /** Numbers in an order. */
    REAL_LIST("a list of numbers", node -> node.isArray() && all(node, REAL));

    private final String words;
    private final Predicate<JsonNode> test;

    Kind(String words, Predicate<JsonNode> test) {
      this.words = words;
      this.test = test;
    }

    /**
     * Whether a value is of this kind.
     *
     * @param node the value
     * @return true if it is
     */
    public boolean fits(JsonNode node) {
      return test.test(node);
    }

    private static boolean all(JsonNode node, Kind kind) {
      for (JsonNode one : node) {
        if (!kind.fits(one)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Reads any JSON.
   *
   * @param file the file
   * @return what it holds
   * @throws IOException if it cannot be read or holds no JSON; the message is one line
   */
  public static JsonNode tree(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is no ordinary file");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("it has over " + MOST_BYTES + " bytes");
    }
    JsonNode node = JSON.readTree(Files.readAllBytes(file));
    if (node.isMissingNode()) {
      throw new IOException("it is empty");
    }
    return node;
  }

  /**
   * Reads a record.
   *
   * @param file the file
   * @param format the number of the format that is read, which the record names
   * @param required fields that it must have
   * @param optional fields that it may have; of others nothing is known
   * @return the record
   * @throws IOException if it cannot be read or is unsound; the message is one line
   */
  public static ObjectNode read(
      Path file, int format, Map<String, Kind> required, Map<String, Kind> optional)
      throws IOException {
    if (!(tree(file) instanceof ObjectNode record)) {
      throw new IOException("it is no JSON object");
    }
    JsonNode number = record.path("format");
    if (!number.isIntegralNumber() || number.asLong() != format) {
      throw new IOException(
          (number.isMissingNode()
                  ? "it names no format"
                  : String.format(Locale.ROOT, "its format is %.20s", number))
              + ", and this version of Juxta reads format "
              + format);
    }
    for (Map.Entry<String, Kind> field : required.entrySet()) {
      if (!record.has(field.getKey())) {
        throw new IOException("'" + field.getKey() + "' is missing");
      }
    }
    check(record, required);
    check(record, optional);
    return record;
  }

  /**
   * Checks the fields of an object, as far as they are there.
   *
   * @param object the object
   * @param fields what they hold
   * @throws IOException if one holds something else, naming it
   */
  public static void check(JsonNode object, Map<String, Kind> fields) throws IOException {
    for (Map.Entry<String, Kind> field : fields.entrySet()) {
      JsonNode value = object.path(field.getKey());
      if (!value.isMissingNode() && !field.getValue().fits(value)) {
        throw new IOException("'" + field.getKey() + "' is not " + field.getValue().words);
      }
    }
  }
}
