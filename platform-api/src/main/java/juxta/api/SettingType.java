package juxta.api;

/** What values a {@link Setting} takes. */
public enum SettingType {
  /** A whole number. */
  INTEGER,
  /** A real number. */
  REAL,
  /** {@code true} or {@code false}. */
  FLAG,
  /** Free text. */
  TEXT,
  /** One of several words. */
  CHOICE,
  /** A file or folder that is there, or one of several words. */
  FILE
}
