package juxta.launcher.serve;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a request says before its body (RFC 9112).
 *
 * @param method such as {@code GET}
 * @param target path and query
 * @param headers the headers
 * @param last whether the connection ends with the answer
 */
record Head(String method, URI target, Headers headers, boolean last) {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** Bytes up to the empty line, without it. */
  static Head parse(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || !words[0].matches(TOKEN) || !words[2].matches("HTTP/1\\.[01]")) {
      throw new Refused(Reply.BAD_REQUEST, "this is no request of HTTP/1.1");
    }
    Headers headers = new Headers();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      // a name with a blank behind it, or a line that goes on, hides headers from proxies
      if (colon < 1 || !lines[i].substring(0, colon).matches(TOKEN)) {
        throw new Refused(Reply.BAD_REQUEST, "a header is not well formed");
      }
      headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1));
    }
    boolean old = words[2].endsWith("0");
    boolean last =
        headers.says("Connection", "close") || (old && !headers.says("Connection", "keep-alive"));
    return new Head(words[0], target(words[1]), headers, last);
  }

  private static URI target(String word) {
    try {
      URI target = new URI(word);
      if (target.getPath() != null && target.getPath().startsWith("/")) {
        return target;
      }
    } catch (URISyntaxException e) {
      throw new Refused(Reply.BAD_REQUEST, "the address is not well formed");
    }
    throw new Refused(Reply.BAD_REQUEST, "the address is not well formed");
  }

  String path() {
    return target.getPath();
  }

  /** What reads the body; empty where there is none. */
  Optional<Body> body() {
    Optional<String> length = headers.only("Content-Length");
    Optional<String> coding = headers.only("Transfer-Encoding");
    if (coding.isPresent()) {
      // two ways to say where the body ends are how requests are smuggled
      if (length.isPresent() || !coding.get().equalsIgnoreCase("chunked")) {
        throw new Refused(Reply.BAD_REQUEST, "where the body ends is not well formed");
      }
      return Optional.of(Body.chunked());
    }
    if (length.isEmpty()) {
      return Optional.empty();
    }
    if (!length.get().matches("[0-9]{1,18}")) {
      throw new Refused(Reply.BAD_REQUEST, "the header Content-Length is no number");
    }
    long bytes = Long.parseLong(length.get());
    return bytes == 0 ? Optional.empty() : Optional.of(Body.of(bytes));
  }
}
