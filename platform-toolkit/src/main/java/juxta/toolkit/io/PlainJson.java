package juxta.toolkit.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.UserException;

/** Reads JSON files. */
public final class PlainJson {
  private PlainJson() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its content
   * @throws UserException if it cannot be read or is no JSON, naming file and offset
   */
  public static PlainData read(Path file) {
    try {
      return of(file, Json.MAPPER.readTree(Files.readAllBytes(RegularFile.ifThere(file))));
    } catch (JsonProcessingException e) {
      long offset = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
      throw new UserException(
          file
              + ": at byte "
              + offset
              + ": is no JSON ("
              + Json.reason(e)
              + "); mend it or get it again",
          e);
    } catch (IOException e) {
      throw new UserException("cannot read " + file + " (" + AtomicFile.reason(e) + ")", e);
    }
  }

  private static PlainData of(Path file, JsonNode node) {
    if (node.isTextual()) {
      return new PlainData.Text(node.textValue());
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return new PlainData.Whole(node.longValue());
    }
    if (node.isNumber()) {
      return new PlainData.Real(node.doubleValue());
    }
    if (node.isBoolean()) {
      return new PlainData.Flag(node.booleanValue());
    }
    if (node.isArray()) {
      List<PlainData> values = new ArrayList<>();
      node.forEach(child -> values.add(of(file, child)));
      return new PlainData.Sequence(values);
    }
    if (node.isObject()) {
      Map<String, PlainData> values = new LinkedHashMap<>();
      node.properties().forEach(entry -> values.put(entry.getKey(), of(file, entry.getValue())));
      return new PlainData.Mapping(values);
    }
    if (node.isMissingNode()) {
      throw new UserException(file + ": at byte 0: is empty; get it again");
    }
    return new PlainData.Nothing();
  }
}
