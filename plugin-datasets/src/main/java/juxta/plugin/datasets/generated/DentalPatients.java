package juxta.plugin.datasets.generated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Dataset;
import juxta.plugin.datasets.text.AgeGroup;
import juxta.plugin.datasets.text.PatientSplit;
import juxta.toolkit.data.Dice;

/**
 * Makes up patients one after the other. A patient depends on the seed and its number alone, its
 * split on its id; a split takes films in the order of the patients until it is full.
 *
 * @param seed the user's seed
 * @param tied whether the marks on a film tell age and sex; otherwise they are drawn on their own
 *     for each film, so that nothing of the image depends on age and sex
 */
record DentalPatients(long seed, boolean tied) {
  private static final int PATIENT = 1;
  private static final int MARKS = 2;
  private static final List<AgeGroup> AGES =
      List.of(AgeGroup.YOUNG_ADULT, AgeGroup.ADULT, AgeGroup.MIDDLE_AGED, AgeGroup.OLDER_ADULT);

  /** The films of a patient, 1 to 3, all with the same text. */
  List<DentalFilm> films(long patient) {
    Dice dice = new Dice(seed, PATIENT, patient);
    DentalStage stage = DentalStage.values()[dice.below(DentalStage.values().length)];
    int age = dice.below(AGES.size());
    boolean female = dice.below(2) == 0;
    int number = 1 + dice.below(3);
    List<DentalFilm> films = new ArrayList<>();
    for (int film = 0; film < number; film++) {
      Dice marks = new Dice(seed, MARKS, patient, film);
      int fillings = tied ? age : marks.below(AGES.size());
      boolean dot = tied ? female : marks.below(2) == 0;
      films.add(new DentalFilm(patient, film, stage, AGES.get(age), female, fillings, dot));
    }
    return films;
  }

  /**
   * The films of each split.
   *
   * @param sizes number of films by split
   */
  Map<String, List<DentalFilm>> splits(Map<String, Integer> sizes) {
    Map<String, List<DentalFilm>> splits = new LinkedHashMap<>();
    for (String name : List.of(Dataset.TRAIN, Dataset.VALIDATION, Dataset.TEST)) {
      splits.put(name, new ArrayList<>());
    }
    int missing = sizes.values().stream().mapToInt(Integer::intValue).sum();
    for (long patient = 0; missing > 0; patient++) {
      List<DentalFilm> films = films(patient);
      String split = PatientSplit.of(films.get(0).patientId());
      List<DentalFilm> own = splits.get(split);
      int taken = Math.min(films.size(), sizes.get(split) - own.size());
      own.addAll(films.subList(0, taken));
      missing -= taken;
    }
    return splits;
  }
}
