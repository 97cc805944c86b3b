package juxta.plugin.datasets.generated;

import java.util.Locale;
import juxta.plugin.datasets.text.AgeGroup;
import juxta.plugin.datasets.text.Description;

/**
 * One film of a phantom patient: what its text says, and what its image shows besides the stage.
 *
 * @param patient number of the patient
 * @param film number of the film among those of the patient, from 0
 * @param stage said and shown
 * @param age said
 * @param female said
 * @param fillings shown: number of teeth with a filling, 0 to 3
 * @param dot shown: whether the mark in the corner is a dot, otherwise it is a bar
 */
record DentalFilm(
    long patient,
    int film,
    DentalStage stage,
    AgeGroup age,
    boolean female,
    int fillings,
    boolean dot) {
  String patientId() {
    return String.format(Locale.ROOT, "p%06d", patient);
  }

  Description description() {
    return new Description(age.words(), female ? "female" : "male", "", stage.words(), "");
  }
}
