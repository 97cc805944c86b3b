package juxta.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.UserException;
import juxta.engine.export.Descriptor;
import juxta.engine.export.EncoderFile;
import juxta.engine.export.Exported;
import juxta.engine.export.Exporter;
import juxta.engine.export.HubFolder;
import juxta.engine.export.OnnxFiles;
import juxta.engine.export.SavedModelFiles;
import juxta.engine.export.Written;
import juxta.engine.train.FrozenModel;
import juxta.toolkit.picture.PictureForms;

/** Writes a trained model into a folder of its own, whole or not at all. */
public final class Export {
  /** The formats. */
  public static final List<Exporter> FORMATS =
      List.of(new OnnxFiles(), new SavedModelFiles(), new EncoderFile(), new HubFolder());

  private Export() {}

  /**
   * The exporter of a format.
   *
   * @param format what the user calls it
   * @return the exporter
   * @throws UserException if there is none, naming those that there are
   */
  public static Exporter to(String format) {
    return FORMATS.stream()
        .filter(exporter -> exporter.format().equals(format))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "--to "
                        + format
                        + ": no such format; there are "
                        + String.join(", ", FORMATS.stream().map(Exporter::format).toList())));
  }

  /**
   * What exporters are told of a run.
   *
   * @param model its trained model
   * @param setup the run over its data
   * @param scores what it was scored with
   * @param version the version of Juxta
   * @return the model with all about it
   */
  public static Exported subject(
      FrozenModel model, RunSetup setup, List<Scoring.Found> scores, String version) {
    Choices choices = setup.choices();
    Dataset data = setup.data();
    return new Exported(
        model,
        choices.seed(),
        choices.encoder().map(e -> e.component().aliases()).orElse(Map.of()),
        choices.method().id(),
        choices.method().component().reference(),
        choices.encoderName(),
        setup.architecture(),
        setup.test(),
        data.train().has(Field.IMAGE)
            ? PictureForms.of(data, data.train().field(Field.IMAGE))
            : Optional.empty(),
        scores.stream().map(f -> new Exported.Scored(f.evaluator(), f.score())).toList(),
        data.id(),
        data.train().fields(),
        data.kind(),
        data.classes(),
        version);
  }

  /**
   * Writes a model.
   *
   * @param exporter the format
   * @param subject the model
   * @param asked names of functions that must be written; none for all that can be
   * @param out the folder, which must not be there yet, or be empty
   * @return what was written
   * @throws UserException if the model lacks a function, one that was asked for has no translation,
   *     nothing can be written, or the folder holds something
   */
  public static Written write(Exporter exporter, Exported subject, Set<String> asked, Path out) {
    List<String> lacks = new ArrayList<>();
    for (String function : asked) {
      if (!subject.model().functions().contains(function)) {
        lacks.add(
            "the model has no function '"
                + function
                + "'; it has "
                + String.join(", ", subject.model().functions()));
      }
    }
    if (!lacks.isEmpty()) {
      throw new UserException(lacks);
    }
    refuseFull(out);
    Set<String> functions =
        new LinkedHashSet<>(asked.isEmpty() ? exporter.usual(subject.model()) : asked);
    if (functions.isEmpty()) {
      throw new UserException(
          "models of method '"
              + subject.method()
              + "' have no function 'encode', so no encoder of their own that could be written; use"
              + " --to onnx");
    }
    Path draft = draft(out);
    try {
      Written written = exporter.write(subject, functions, draft);
      List<String> missing = new ArrayList<>();
      written
          .leftOut()
          .forEach(
              (function, why) -> {
                if (asked.contains(function) || written.files().isEmpty()) {
                  missing.add("function '" + function + "' cannot be exported: " + why);
                }
              });
      if (!missing.isEmpty()) {
        throw new UserException(missing);
      }
      Descriptor.of(exporter.format(), subject, written.functions()).write(draft);
      publish(draft, out);
      return new Written(
          written.files().stream().map(file -> out.resolve(draft.relativize(file))).toList(),
          written.functions(),
          written.leftOut());
    } catch (UserException e) {
      clear(draft);
      // the user knows of no draft
      throw new UserException(
          e.problems().stream()
              .map(problem -> problem.replace(draft.toString(), out.toString()))
              .toList());
    } catch (RuntimeException | Error e) {
      clear(draft);
      throw e;
    }
  }

  private static void refuseFull(Path out) {
    try {
      if (Files.exists(out) && !Files.isDirectory(out)) {
        throw new UserException(out + " is a file; choose another --out");
      }
      if (Files.isDirectory(out)) {
        try (Stream<Path> content = Files.list(out)) {
          if (content.findAny().isPresent()) {
            throw new UserException(
                out + " is not empty; nothing is written over, so choose another --out");
          }
        }
      }
    } catch (IOException e) {
      throw unwritable(out, e);
    }
  }

  private static Path draft(Path out) {
    try {
      Path parent = out.toAbsolutePath().getParent();
      if (parent == null) {
        throw new UserException(out + " is no place for an export; choose another --out");
      }
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, "." + out.getFileName() + ".");
    } catch (IOException e) {
      throw unwritable(out, e);
    }
  }

  private static void publish(Path draft, Path out) {
    try {
      Files.setPosixFilePermissions(
          draft, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException | UnsupportedOperationException e) {
      // another kind of file system: whatever it gives new folders
    }
    try {
      Files.deleteIfExists(out); // empty
      Files.move(draft, out);
    } catch (IOException e) {
      throw unwritable(out, e);
    }
  }

  private static void clear(Path draft) {
    try {
      Folders.delete(draft);
    } catch (IOException e) {
      // what is left is a draft by its name
    }
  }

  private static UserException unwritable(Path out, IOException e) {
    return new UserException(
        "cannot write to " + out + " (" + Folders.reason(e) + "); choose another --out", e);
  }

  /**
   * What was left out, in words.
   *
   * @param written what an exporter did
   * @return a line a function
   */
  public static List<String> remarks(Written written) {
    Map<String, String> lines = new LinkedHashMap<>(written.leftOut());
    return lines.entrySet().stream()
        .map(entry -> "left out: " + entry.getKey() + ": " + entry.getValue())
        .toList();
  }
}
