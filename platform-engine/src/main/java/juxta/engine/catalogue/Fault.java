package juxta.engine.catalogue;

/**
 * Why a jar, or a part of it, cannot be used.
 *
 * @param jar the jar, relative to the plug-in folder
 * @param cause what is wrong
 * @param remedy what the user can do
 */
public record Fault(String jar, String cause, String remedy) {
  /**
   * Causes quote strangers' messages: each part is made one printable line.
   *
   * @param jar see the record
   * @param cause see the record
   * @param remedy see the record
   */
  public Fault {
    jar = line(jar);
    cause = line(cause);
    remedy = line(remedy);
  }

  @Override
  public String toString() {
    return jar + ": " + cause + "; " + remedy;
  }

  private static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    return line.length() <= 600 ? line : line.substring(0, 599) + "…";
  }
}
