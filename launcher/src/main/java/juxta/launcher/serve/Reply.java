package juxta.launcher.serve;

import java.util.Map;
import java.util.TreeMap;
import juxta.toolkit.io.Json;

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
  static final int UNKNOWN = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int NOT_ALLOWED = 405;
  static final int TOO_SLOW = 408;
  static final int TOO_LARGE = 413;
  static final int FAULT = 500;
  static final int BUSY = 503;

  private static final int OK = 200;
  private static final Map<Integer, String> REASONS =
      Map.of(
          OK, "OK",
          BAD_REQUEST, "Bad Request",
          UNKNOWN, "Unauthorized",
          FORBIDDEN, "Forbidden",
          NOT_FOUND, "Not Found",
          NOT_ALLOWED, "Method Not Allowed",
          TOO_SLOW, "Request Timeout",
          TOO_LARGE, "Content Too Large",
          FAULT, "Internal Server Error",
          BUSY, "Service Unavailable");

  /** All that the page loads comes from here, and nothing that stands in the page runs. */
  private static final Map<String, String> CAREFUL =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

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
    return new Reply(status, "application/json; charset=utf-8", Json.bytes(value), Map.of());
  }

  /** So much is asked for that an answer would come late: says so at once. */
  static Reply busy() {
    return problem(BUSY, "too many are searching just now; try again").with("Retry-After", "5");
  }

  /** The words beside the status. */
  String reason() {
    return REASONS.getOrDefault(status, "");
  }

  /** Its headers, and those of every answer. */
  Map<String, String> all() {
    Map<String, String> all = new TreeMap<>(CAREFUL);
    all.putAll(headers);
    return all;
  }

  Reply with(String header, String value) {
    return new Reply(status, type, body, Map.of(header, value));
  }
}
