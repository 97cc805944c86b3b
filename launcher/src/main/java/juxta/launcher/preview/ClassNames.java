package juxta.launcher.preview;

import java.util.List;

/**
 * What labels are called.
 *
 * @param names in label order
 */
public record ClassNames(List<String> names) {
  /**
   * Copies.
   *
   * @param names see the record
   */
  public ClassNames {
    names = List.copyOf(names);
  }

  /**
   * The name of a label.
   *
   * @param label the label
   * @return its class's name, or the number where it has none
   */
  public String of(int label) {
    return label >= 0 && label < names.size() ? names.get(label) : "label " + label;
  }
}
