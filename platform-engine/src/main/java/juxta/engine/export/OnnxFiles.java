package juxta.engine.export;

import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Preparation;
import juxta.engine.export.onnx.OnnxFunction;
import juxta.engine.train.FunctionsGraph;
import juxta.toolkit.io.AtomicFile;

/** Each function as a file for ONNX Runtime and whatever else reads ONNX. */
public final class OnnxFiles implements Exporter {
  private static final String TOKENIZER = "tokenizer.json";

  /** An exporter, which holds nothing. */
  public OnnxFiles() {}

  @Override
  public String format() {
    return "onnx";
  }

  @Override
  public Written write(Exported subject, Set<String> functions, Path folder) {
    List<Path> files = new ArrayList<>();
    Map<String, ExportedFunction> written = new LinkedHashMap<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (String name : functions) {
      try (FunctionsGraph graph = subject.open(name)) {
        OnnxFunction function = OnnxFunction.of(graph, name);
        String file = name + ".onnx";
        AtomicFile.write(
            folder.resolve(file),
            channel -> function.write(Channels.newOutputStream(channel), subject.version()));
        files.add(folder.resolve(file));
        written.put(
            name,
            new ExportedFunction(
                file, function.inputs(), function.outputs(), tokenizer(subject, name, folder)));
      } catch (OnnxFunction.Refused e) {
        leftOut.put(name, e.getMessage());
      }
    }
    return new Written(files, written, leftOut);
  }

  /** Writes how text becomes a function's inputs, if the method says how. */
  private static String tokenizer(Exported subject, String function, Path folder) {
    Optional<String> words =
        subject.model().function(function).preparation().flatMap(Preparation::description);
    words.ifPresent(text -> AtomicFile.write(folder.resolve(TOKENIZER), text));
    return words.isPresent() ? TOKENIZER : "";
  }
}
