package juxta.launcher.whole;

import java.util.List;

/**
 * What a command left behind.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
record Outcome(int status, String out, String err) {
  List<String> outLines() {
    return out.lines().toList();
  }

  /** Lines of standard error without those of TensorFlow's native library. */
  List<String> errLines() {
    return err.lines()
        .filter(line -> !line.startsWith("WARNING: All log messages before absl"))
        .filter(line -> !line.matches("[IWE]\\d{4} \\d\\d:\\d\\d:\\d\\d.*"))
        .filter(line -> !line.matches("\\d{4}-\\d\\d-\\d\\d .*: [IWE] (external|tensorflow)/.*"))
        .toList();
  }
}
