package juxta.engine.run;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import juxta.toolkit.io.Json;

/**
 * Reads JSON files that Juxta wrote and that may have been damaged since: what is in them has the
 * types of the record that they are read into, or the file is refused. Fields that the record does
 * not have are those of another version and are passed over.
 */
public final class JsonRecord {
  /** A pipe has no end, and no record is larger. */
  private static final long MOST_BYTES = 1L << 28;

  private static final JsonMapper JSON =
      Json.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              own ->
                  own.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, long.class, Integer.class, Long.class);
  private static final Set<Class<?>> REAL = Set.of(double.class, Double.class);

  private JsonRecord() {}

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
   * Reads a record of one format.
   *
   * @param <T> the record
   * @param file the file
   * @param format the number of the format that is read, which the file names
   * @param type the record
   * @return what the file holds
   * @throws IOException if it cannot be read or is unsound; the message is one line
   */
  public static <T extends Record> T read(Path file, int format, Class<T> type) throws IOException {
    return of(tree(file, format), type);
  }

  /** Reads a file of one format that keeps fields of other versions. */
  static ObjectNode tree(Path file, int format) throws IOException {
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
    return record;
  }

  /**
   * A part of a file as a record.
   *
   * @param <T> the record
   * @param node the part
   * @param type the record; one that must be there is {@link Required}, others are null or an empty
   *     Optional
   * @return what the part holds
   * @throws IOException if it does not fit, naming the field; the message is one line
   */
  public static <T extends Record> T of(JsonNode node, Class<T> type) throws IOException {
    try {
      return JSON.treeToValue(node, type);
    } catch (ValueInstantiationException e) {
      throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
    } catch (JsonMappingException e) {
      throw new IOException(misfit(e, node, JSON.constructType(type)), e);
    }
  }

  /**
   * Checks a count.
   *
   * @param name name of the field
   * @param value its value
   * @throws IllegalArgumentException if it is negative, in the words of other fields that do not
   *     fit
   */
  static void count(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("'" + name + "' is not a whole number from 0");
    }
  }

  /** Such as {@code 'stops[2].lead' is not a text}. */
  private static String misfit(JsonMappingException e, JsonNode node, JavaType type) {
    StringBuilder name = new StringBuilder();
    JsonNode value = node;
    JavaType wanted = type;
    for (JsonMappingException.Reference step : e.getPath()) {
      String field = step.getFieldName();
      if (field == null) {
        name.append('[').append(step.getIndex()).append(']');
        value = value.path(step.getIndex());
      } else {
        name.append(name.isEmpty() ? "" : ".").append(field);
        value = value.path(field);
      }
      wanted = part(wanted, field);
    }
    return name.isEmpty()
        ? "it is no JSON object"
        : "'" + name + "' is " + (value.isMissingNode() ? "missing" : "not " + words(wanted, true));
  }

  private static JavaType part(JavaType whole, String field) {
    if (whole.isContainerType()) {
      return whole.getContentType();
    }
    return Optional.ofNullable(whole.getRawClass().getRecordComponents()).stream()
        .flatMap(Arrays::stream)
        .filter(component -> component.getName().equals(field))
        .map(RecordComponent::getGenericType)
        .map(JSON::constructType)
        .map(type -> type.hasRawClass(Optional.class) ? type.containedType(0) : type)
        .findFirst()
        .orElse(JSON.constructType(Object.class));
  }

  private static String words(JavaType type, boolean one) {
    Class<?> raw = type.getRawClass();
    if (type.isContainerType() && !type.getContentType().isJavaLangObject()) {
      String group = type.isMapLikeType() ? "object" : "list";
      return (one ? article(group) : group + "s") + " of " + words(type.getContentType(), false);
    }
    String word =
        raw == String.class
            ? "text"
            : WHOLE.contains(raw) ? "whole number" : REAL.contains(raw) ? "number" : "object";
    return raw.isEnum()
        ? Arrays.stream(raw.getEnumConstants())
            .map(Object::toString)
            .collect(Collectors.joining(" or "))
        : one ? article(word) : word + "s";
  }

  private static String article(String word) {
    return (word.startsWith("o") ? "an " : "a ") + word;
  }
}
