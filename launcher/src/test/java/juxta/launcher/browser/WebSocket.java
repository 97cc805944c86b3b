package juxta.launcher.browser;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The little of RFC 6455 that it takes to talk with a browser on this machine. */
final class WebSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int FINAL = 0x80;
  private static final int OPCODE = 0x0F;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int MASKED = 0x80;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  WebSocket(URI address) throws IOException {
    socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(socket.getOutputStream());
    String key = Base64.getEncoder().encodeToString(new byte[16]);
    String request =
        "GET "
            + address.getPath()
            + " HTTP/1.1\r\nHost: "
            + address.getAuthority()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
            + "\r\nSec-WebSocket-Key: "
            + key
            + "\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append((char) in.readUnsignedByte());
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("no web socket: " + answer);
    }
  }

  void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(frame);
    data.writeByte(FINAL | TEXT);
    if (bytes.length < LENGTH_16) {
      data.writeByte(MASKED | bytes.length);
    } else {
      data.writeByte(MASKED | LENGTH_64);
      data.writeLong(bytes.length);
    }
    data.writeInt(0); // a mask of zeros leaves the bytes as they are
    data.write(bytes);
    out.write(frame.toByteArray());
    out.flush();
  }

  /** The next text. */
  String receive() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (true) {
      int head = in.readUnsignedByte();
      long length = in.readUnsignedByte();
      if (length == LENGTH_16) {
        length = in.readUnsignedShort();
      } else if (length == LENGTH_64) {
        length = in.readLong();
      }
      byte[] payload = in.readNBytes((int) length);
      int opcode = head & OPCODE;
      if (opcode == CLOSE) {
        throw new IOException("the browser closed the connection");
      }
      if (opcode < CLOSE) {
        text.write(payload);
        if ((head & FINAL) != 0) {
          return text.toString(StandardCharsets.UTF_8);
        }
      } else if (opcode == PING) {
        throw new IOException("pings are not answered");
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
