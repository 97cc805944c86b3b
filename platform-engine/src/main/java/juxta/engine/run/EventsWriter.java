package juxta.engine.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/** Writes scalars as TensorBoard events: protocol buffers in TFRecord frames. */
final class EventsWriter implements AutoCloseable {
  private final OutputStream out;

  /** Starts a file; TensorBoard drops what earlier files say of this step and later ones. */
  EventsWriter(Path folder, long firstStep) throws IOException {
    Files.createDirectories(folder);
    String name =
        "events.out.tfevents."
            + System.currentTimeMillis() / 1000
            + "."
            + ProcessHandle.current().pid()
            + ".juxta";
    out =
        Files.newOutputStream(
            folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    write(event(0).setFileVersion("brain.Event:2").build());
    write(
        event(firstStep)
            .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START))
            .build());
  }

  void scalars(String phase, long step, Map<String, Double> scalars) throws IOException {
    Summary.Builder summary = Summary.newBuilder();
    scalars.forEach(
        (name, value) ->
            summary.addValue(
                Summary.Value.newBuilder()
                    .setTag(phase + "/" + name)
                    .setSimpleValue(value.floatValue())));
    write(event(step).setSummary(summary).build());
  }

  private static Event.Builder event(long step) {
    return Event.newBuilder().setWallTime(System.currentTimeMillis() / 1000.0).setStep(step);
  }

  /** Frame: length (8 bytes), its checksum (4), the data, their checksum (4). */
  private void write(Event event) throws IOException {
    byte[] data = event.toByteArray();
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    ByteBuffer frame =
        ByteBuffer.allocate(16 + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(length)
            .putInt(masked(length))
            .put(data)
            .putInt(masked(data));
    out.write(frame.array());
    out.flush();
  }

  /** The checksum as TFRecord stores it: rotated and offset. */
  static int masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int value = (int) crc.getValue();
    return ((value >>> 15) | (value << 17)) + 0xa282ead8;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
