package juxta.toolkit.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Units of length in the header of an NRRD file, as NIfTI's are taken: all becomes millimetres, and
 * where none is given it is millimetres.
 *
 * @param header the file's header
 * @param field its field with a unit in quotes for each axis
 */
record NrrdUnits(NrrdHeader header, String field) {
  /** Millimetres of the unit of an axis. */
  double millimetres(int axis) {
    List<String> units = new ArrayList<>();
    String[] parts = header.field(field).orElse("").split("\"", -1);
    for (int i = 1; i < parts.length; i += 2) { // what stands between two quotes
      units.add(parts[i].strip());
    }
    return axis < units.size() ? millimetres(units.get(axis)) : 1;
  }

  private double millimetres(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "", "mm", "millimeter", "millimetre", "millimeters", "millimetres", "none", "???" -> 1;
      case "m", "meter", "metre", "meters", "metres" -> 1000;
      case "cm", "centimeter", "centimetre", "centimeters", "centimetres" -> 10;
      case "um",
          "\u00b5m",
          "\u03bcm",
          "micron",
          "microns",
          "micrometer",
          "micrometre",
          "micrometers",
          "micrometres" ->
          0.001;
      case "nm", "nanometer", "nanometre", "nanometers", "nanometres" -> 1e-6;
      default ->
          throw ScanFaults.of(
              header.file(),
              "measures space in '" + unit + "' (" + field + "), which is unknown here",
              "write it anew in mm");
    };
  }
}
