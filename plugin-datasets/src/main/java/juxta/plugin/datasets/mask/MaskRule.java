package juxta.plugin.datasets.mask;

import java.util.Optional;
import juxta.api.Field;
import juxta.toolkit.picture.PictureReading;

/**
 * What numbers and colours in masks mean, as far as it is known.
 *
 * @param list the classes, where they are known
 * @param all whether all numbers count, 255 too, which otherwise need not be listed
 * @param reading how files are decoded
 * @param nearly whether numbers near 0 and 255 stand for these
 */
record MaskRule(Optional<MaskList> list, boolean all, PictureReading reading, boolean nearly) {
  /** Whether masks may have this number. */
  boolean has(int index) {
    if (nearly && !MaskNoise.isBetween(index)) {
      return true;
    }
    return list.map(known -> known.lists(index) || index == Field.IGNORED && !all).orElse(true);
  }
}
