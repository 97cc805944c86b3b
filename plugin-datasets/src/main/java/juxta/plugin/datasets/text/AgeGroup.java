package juxta.plugin.datasets.text;

/** Ages in words, so that equal descriptions share one text. */
public enum AgeGroup {
  PEDIATRIC("pediatric", 0),
  YOUNG_ADULT("young adult", 18),
  ADULT("adult", 35),
  MIDDLE_AGED("middle-aged", 50),
  OLDER_ADULT("older adult", 65);

  private static final int OLDEST = 130;

  private final String words;
  private final int from;

  AgeGroup(String words, int from) {
    this.words = words;
    this.from = from;
  }

  public String words() {
    return words;
  }

  /**
   * The group of an age.
   *
   * @param years for example {@code 54}, {@code 54.5} or, as DICOM writes it, {@code 054Y}
   * @throws NumberFormatException if that is no age from 0 to 130 years
   */
  static AgeGroup of(String years) {
    double age = Double.parseDouble(years.strip().replaceFirst("(?<=[0-9])[yY]$", ""));
    if (!(age >= 0 && age <= OLDEST)) {
      throw new NumberFormatException(years);
    }
    AgeGroup group = PEDIATRIC;
    for (AgeGroup next : values()) {
      group = age >= next.from ? next : group;
    }
    return group;
  }
}
