package juxta.launcher.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * An answer to a request.
 *
 * @param status of HTTP
 * @param type media type of the body
 * @param body what is sent
 * @param headers further headers
 */
record Reply(int status, String type, byte[] body, Map<String, String> headers) {
  static final int BAD_REQUEST = 400;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int NOT_ALLOWED = 405;
  static final int TOO_LARGE = 413;
  static final int FAULT = 500;
  static final int BUSY = 503;

  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  static Reply of(String type, byte[] body) {
    return new Reply(OK, type, body, Map.of());
  }

  static Reply json(Object value) {
    return json(OK, value);
  }

  /** What is wrong, in a line that the page shows. */
  static Reply problem(int status, String line) {
    return json(status, Map.of("problem", line));
  }

  private static Reply json(int status, Object value) {
    try {
      return new Reply(
          status, "application/json; charset=utf-8", JSON.writeValueAsBytes(value), Map.of());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Reply with(String header, String value) {
    return new Reply(status, type, body, Map.of(header, value));
  }
}
