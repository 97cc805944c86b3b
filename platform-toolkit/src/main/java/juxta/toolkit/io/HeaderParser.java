package juxta.toolkit.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.UserException;

/**
 * Reads the header of a safetensors file: {@code {"name": {"dtype": "F32", "shape": [2, 3],
 * "data_offsets": [0, 24]}, …, "__metadata__": {"key": "value"}}}. The file may come from anywhere,
 * so nothing in it is believed: sizes must fit shapes, and the tensors must fill the file without
 * holes or overlaps.
 */
final class HeaderParser {
  private static final String METADATA = "__metadata__";
  private static final int START = 8;

  private final Path file;
  private final JsonParser json;
  private final long dataStart;
  private final long fileSize;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private HeaderParser(Path file, byte[] header, long fileSize) throws IOException {
    this.file = file;
    this.dataStart = START + (long) header.length;
    this.fileSize = fileSize;
    this.json =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .createParser(header);
  }

  /** Tensors and metadata. */
  record Header(Map<String, Entry> entries, Map<String, String> metadata) {}

  /**
   * Reads a header.
   *
   * @param file the file, for messages
   * @param header the JSON text
   * @param fileSize size of the whole file
   * @return tensors in the order of their data
   */
  static Header parse(Path file, byte[] header, long fileSize) throws IOException {
    HeaderParser parser = new HeaderParser(file, header, fileSize);
    try (JsonParser json = parser.json) {
      parser.object();
      if (json.nextToken() != null) {
        throw parser.damaged("there is more after the header's end");
      }
    } catch (JsonProcessingException e) {
      long offset = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
      throw bad(file, START + offset, "the header is no JSON: " + Json.reason(e));
    }
    return new Header(parser.inOrder(), Collections.unmodifiableMap(parser.metadata));
  }

  /** A complaint about a file. */
  static UserException bad(Path file, long offset, String what) {
    return new UserException(
        file
            + ": at byte "
            + offset
            + ": "
            + Excerpt.of(what)
            + "; the file is damaged or no safetensors file: get it again");
  }

  private UserException damaged(String what) {
    return bad(file, START + Math.max(0, json.currentTokenLocation().getByteOffset()), what);
  }

  private void object() throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, "the header is no JSON object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      expect(json.nextToken(), JsonToken.START_OBJECT, "'" + name + "' is no JSON object");
      if (name.equals(METADATA)) {
        metadata();
      } else {
        entries.put(name, entry(name));
      }
    }
  }

  private void metadata() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      expect(json.nextToken(), JsonToken.VALUE_STRING, "metadata '" + key + "' is no text");
      metadata.put(key, json.getText());
    }
  }

  private Entry entry(String name) throws IOException {
    String dtype = "";
    List<Long> shape = List.of();
    List<Long> offsets = List.of();
    boolean shaped = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      switch (key) {
        case "dtype" -> {
          expect(value, JsonToken.VALUE_STRING, "the dtype of '" + name + "' is no text");
          dtype = json.getText();
        }
        case "shape" -> {
          shape = numbers(name, key);
          shaped = true;
        }
        case "data_offsets" -> offsets = numbers(name, key);
        default -> json.skipChildren();
      }
    }
    if (dtype.isEmpty() || !shaped || offsets.size() != 2) {
      throw damaged("'" + name + "' lacks its dtype, shape or two data_offsets");
    }
    return checked(name, dtype, shape, offsets.get(0), offsets.get(1));
  }

  private Entry checked(String name, String dtypeName, List<Long> shape, long from, long to) {
    String dtype = dtypeName;
    Dtype known =
        Dtype.named(dtype)
            .orElseThrow(
                () ->
                    new UserException(
                        file
                            + ": tensor '"
                            + Excerpt.of(name)
                            + "' has elements of type "
                            + Printable.of(dtype)
                            + ", which Juxta does not read; convert it to F32"));
    long room = fileSize - dataStart;
    if (from > to || to > room) {
      throw damaged(
          "'"
              + name
              + "' ends at byte "
              + to
              + " of the data, but the file holds "
              + room
              + (from > to ? " and it begins at " + from : ""));
    }
    long bytes = known.bytes();
    try {
      for (long dimension : shape) {
        bytes = Math.multiplyExact(bytes, dimension);
      }
    } catch (ArithmeticException e) {
      bytes = -1;
    }
    if (bytes != to - from) {
      throw damaged(
          "'" + name + "' of shape " + shape + " does not fill " + (to - from) + " bytes");
    }
    return new Entry(name, known, shape, dataStart + from, dataStart + to);
  }

  private List<Long> numbers(String name, String key) throws IOException {
    String complaint = "the " + key + " of '" + name + "' is no list of whole numbers";
    expect(json.currentToken(), JsonToken.START_ARRAY, complaint);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, complaint);
      if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
        throw damaged(complaint);
      }
      if (numbers.size() == 64) { // more axes than any tensor has
        throw damaged(complaint);
      }
      numbers.add(json.getLongValue());
    }
    return numbers;
  }

  private Map<String, Entry> inOrder() {
    List<Entry> sorted = new ArrayList<>(entries.values());
    sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    Map<String, Entry> map = new LinkedHashMap<>();
    long at = dataStart;
    for (Entry entry : sorted) {
      if (entry.begin() != at) {
        throw bad(
            file,
            entry.begin(),
            "'"
                + entry.name()
                + (entry.begin() < at ? "' overlaps the tensor before it" : "' follows a hole"));
      }
      at = entry.end();
      map.put(entry.name(), entry);
    }
    if (at != fileSize) {
      throw bad(file, at, (fileSize - at) + " bytes belong to no tensor");
    }
    return Collections.unmodifiableMap(map);
  }

  private void expect(JsonToken found, JsonToken wanted, String complaint) {
    if (found != wanted) {
      throw damaged(complaint);
    }
  }
}
