package juxta.toolkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Layouts;
import juxta.toolkit.io.Safetensors;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import juxta.toolkit.nn.DepthwiseConv2d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class FoldedNetworkTest {
  private static final String OPS =
      """
      {"features": "pooled", "ops": [
       {"type": "conv2d", "inputs": ["in"], "output": "a", "weight": "0/w", "bias": "0/b"},
       {"type": "conv2d", "inputs": ["in"], "output": "aside", "weight": "9/w", "bias": "9/b"},
       {"type": "depthwise_conv2d", "inputs": ["a"], "output": "b", "weight": "1/w", "bias": "1/b"},
       {"type": "global_avg_pool", "inputs": ["b"], "output": "pooled"},
       {"type": "conv2d", "inputs": ["pooled"], "output": "logits", "weight": "2/w", "bias": "2/b"}
      ]}
      """;

  @TempDir Path folder;

  /** A 1x1 convolution and a depthwise one, each with batch normalisation. */
  private static Operand<TFloat32> network(GraphScope scope, Operand<TFloat32> x, int channels) {
    var conv = new Conv2d(scope.sub("conv"), 2, channels, 1, 1);
    var first = new BatchNorm(scope.sub("bn1"), channels);
    var depthwise = new DepthwiseConv2d(scope.sub("dw"), channels, 1, 1, true);
    var second = new BatchNorm(scope.sub("bn2"), channels);
    Operand<TFloat32> y = first.apply(conv.apply(x), Pass.INFERENCE);
    return second.apply(depthwise.apply(y), Pass.INFERENCE);
  }

  private Path files(String json) throws IOException {
    Files.writeString(folder.resolve("net.json"), json);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      Map<String, String> shapes = new LinkedHashMap<>();
      shapes.put("0/w", "1, 1, 2, 3");
      shapes.put("0/b", "3,");
      shapes.put("1/w", "1, 1, 3, 1");
      shapes.put("1/b", "3,");
      for (Map.Entry<String, String> entry : shapes.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey() + ".npy"));
        zip.write(npy(entry.getValue()));
      }
    }
    return Files.write(folder.resolve("net.npz"), out.toByteArray());
  }

  /** Elements 1, 2, 3, … */
  private static byte[] npy(String shape) {
    int elements = 1;
    for (String length : shape.split(", ?")) {
      elements *= Integer.parseInt(length);
    }
    byte[] header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }\n"
            .formatted(shape)
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer all =
        ByteBuffer.allocate(10 + header.length + 4 * elements).order(ByteOrder.LITTLE_ENDIAN);
    all.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    all.putShort((short) header.length).put(header);
    for (int i = 1; i <= elements; i++) {
      all.putFloat(i);
    }
    return all.array();
  }

  private float[] applied(Path file, int channels) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "inference");
      GraphScope scope = builder.root();
      Operand<TFloat32> x =
          scope.tf().reshape(scope.tf().constant(new float[] {1, 10}), scope.ints(1, 1, 1, 2));
      Operand<TFloat32> y = network(scope.sub("encoder"), x, channels);
      Map<String, Value> values = PretrainedWeights.read(file, "encoder", builder.parameters());
      try (GraphSession session = new GraphSession(builder)) {
        session.write(values);
        return session.floats(y);
      }
    }
  }

  /** Weights [[1 2 3] [4 5 6]] and bias 1 2 3 make 42 54 66 of (1, 10); then times 1 2 3, plus. */
  @Test
  void convolutionsAreMatchedInOrder() throws IOException {
    assertThat(applied(files(OPS), 3)).containsExactly(new float[] {43, 110, 201}, within(1e-3f));
  }

  @Test
  void anotherEncoderIsRefused() throws IOException {
    Path file = files(OPS);
    assertThatThrownBy(() -> applied(file, 4))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("net.npz: is not of the chosen encoder")
        .hasMessageContaining("encoder.conv.weight");
    Path shorter = files(OPS.replace("\"inputs\": [\"b\"]", "\"inputs\": [\"a\"]"));
    assertThatThrownBy(() -> applied(shorter, 3)).hasMessageContaining("more than its 1");
  }

  @Test
  void descriptionsThatAreNoneAreRefused() throws IOException {
    for (String bad :
        List.of(
            "[]",
            "{\"features\": \"x\", \"ops\": []}",
            "{\"ops\": []}",
            OPS.replace("\"bias\": \"0/b\"", "\"bias\": 3"),
            OPS.replace("\"0/w\"", "\"7/w\""))) {
      Path file = files(bad);
      assertThatThrownBy(() -> applied(file, 3)).isInstanceOf(UserException.class);
    }
  }

  @Test
  void safetensorsAreReadByName() throws IOException {
    Map<String, Value> disk = new LinkedHashMap<>();
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "inference");
      var tf = builder.root().tf();
      network(
          builder.root().sub("encoder"),
          tf.reshape(tf.constant(new float[] {1, 10}), tf.constant(new int[] {1, 1, 1, 2})),
          3);
      FoldedNetwork.read(files(OPS))
          .values(builder.parameters())
          .forEach(
              (name, value) ->
                  builder.parameters().stream()
                      .filter(p -> p.name().equals(name))
                      .forEach(
                          p ->
                              disk.put(
                                  name.substring("encoder.".length()),
                                  Layouts.toDisk(p.layout(), value))));
    }
    Path file = folder.resolve("a.safetensors");
    Safetensors.writeValues(file, disk, Map.of());
    assertThat(applied(file, 3)).containsExactly(new float[] {43, 110, 201}, within(1e-3f));
    disk.remove("dw.weight");
    Safetensors.writeValues(file, disk, Map.of());
    assertThatThrownBy(() -> applied(file, 3)).hasMessageContaining("lacks 'dw.weight'");
    assertThat(Tensors.floats(disk.get("bn2.bias"))).containsExactly(1, 2, 3);
  }
}
