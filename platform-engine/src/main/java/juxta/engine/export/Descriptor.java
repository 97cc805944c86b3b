package juxta.engine.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import juxta.picture.PictureForm;
import juxta.toolkit.io.Json;

/**
 * What lies in an exported folder, {@code export.json}: programs that open it begin here.
 *
 * @param format number of the form of this file, which grows when programs must change
 * @param juxta version that wrote it
 * @param to the format of the files
 * @param method id of the method
 * @param encoder the encoder
 * @param data id of the data that the model was trained on
 * @param kind what their records hold
 * @param classes names of their classes, in label order
 * @param functions the functions by name
 * @param pictures how a picture becomes the input {@code image}, see {@link PictureForm#words};
 *     empty if the model takes no pictures
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Descriptor(
    int format,
    String juxta,
    String to,
    String method,
    String encoder,
    String data,
    String kind,
    List<String> classes,
    Map<String, ExportedFunction> functions,
    Map<String, Object> pictures) {
  /** Name of the file. */
  public static final String NAME = "export.json";

  private static final int FORMAT = 1;

  /**
   * Describes what was exported.
   *
   * @param to the format
   * @param subject the model
   * @param functions the functions that were written
   * @return the description
   */
  public static Descriptor of(
      String to, Exported subject, Map<String, ExportedFunction> functions) {
    return new Descriptor(
        FORMAT,
        subject.version(),
        to,
        subject.method(),
        subject.encoder(),
        subject.data(),
        subject.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        subject.classes(),
        functions,
        subject.pictures().map(PictureForm::words).orElse(Map.of()));
  }

  /**
   * Writes the file.
   *
   * @param folder where to
   * @throws juxta.api.UserException if it cannot be written
   */
  public void write(Path folder) {
    Json.write(folder.resolve(NAME), this);
  }
}
