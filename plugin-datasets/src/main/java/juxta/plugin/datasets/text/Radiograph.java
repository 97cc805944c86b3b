package juxta.plugin.datasets.text;

import java.nio.file.Path;
import java.util.List;

/**
 * One row of a table of images with texts.
 *
 * @param file the image
 * @param inverted whether bone is dark in the file, so that grey must be turned round
 * @param text the canonical text
 * @param captions all ways to say it, the canonical one first
 * @param patient id of the patient
 * @param split the split that the patient is in
 * @param parts what is known of the patient; empty parts where nothing is
 */
record Radiograph(
    Path file,
    boolean inverted,
    String text,
    List<String> captions,
    String patient,
    String split,
    Description parts) {}
