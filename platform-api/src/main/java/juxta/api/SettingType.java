package juxta.api;

import org.apiguardian.api.API;

/** What values a {@link Setting} takes. */
@API(status = API.Status.STABLE, since = "0.1")
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
