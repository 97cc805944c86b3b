package juxta.launcher.serve;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request, read up to a limit. */
final class Upload {
  /** Larger films than any scanner makes. */
  static final int MOST_BYTES = 20 << 20;

  private Upload() {}

  static byte[] read(Headers headers, InputStream body) throws IOException {
    String length = headers.getFirst("Content-Length");
    if (length != null && length.matches("[0-9]+") && tooLong(length)) {
      throw tooLarge();
    }
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw tooLarge();
    }
    return bytes;
  }

  private static boolean tooLong(String length) {
    return length.length() > 9 || Long.parseLong(length) > MOST_BYTES;
  }

  private static Refused tooLarge() {
    return new Refused(
        Reply.TOO_LARGE,
        "the picture is larger than " + (MOST_BYTES >> 20) + " MB; make it smaller and try again");
  }
}
