package juxta.plugin.baselines.encoders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Reads a safetensors file of half-precision floats. */
final class HalfSafetensors {
  private HalfSafetensors() {}

  static Map<String, float[]> read(byte[] file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) buffer.getLong();
    JsonNode json = new ObjectMapper().readTree(file, 8, header);
    Map<String, float[]> tensors = new HashMap<>();
    json.properties()
        .forEach(
            entry -> {
              if (!entry.getValue().path("dtype").asText().equals("F16")) {
                return;
              }
              int from = entry.getValue().get("data_offsets").get(0).asInt();
              int to = entry.getValue().get("data_offsets").get(1).asInt();
              float[] values = new float[(to - from) / 2];
              for (int i = 0; i < values.length; i++) {
                values[i] = single(buffer.getShort(8 + header + from + 2 * i));
              }
              tensors.put(entry.getKey(), values);
            });
    return tensors;
  }

  private static float single(short half) {
    int exponent = (half >> 10) & 31;
    int fraction = half & 1023;
    double size =
        exponent == 0
            ? fraction * Math.pow(2, -24)
            : (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
    return (float) (half < 0 ? -size : size);
  }
}
