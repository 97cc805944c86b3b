package juxta.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small tables, settings, records and pickles. */
final class Texts {
  static final String RUN =
      """
      {"format": 1, "status": "done", "method": "simclr", "encoder": "resnet-small",
       "data": "shapes", "preset": "small", "settings": {"batch": "8", "epochs": "2"},
       "origins": {"batch": "preset small"}, "seed": 0, "precision": "float32",
       "records": {"train": 8}, "dataFingerprint": "4f", "plugins": {"a": {"version": "1"}},
       "environment": {"java": "17"}, "ranOn": ["cpu, float32"], "started": "2026-01-01T00:00:00Z",
       "seconds": 1.5, "phases": {"train": {"steps": 3, "seconds": 0.5}}, "steps": 3}
      """;

  static final String STATE =
      """
      {"format": 1, "phase": 1, "step": 5, "earlier": 16, "history": [0.5, "NaN"],
       "layouts": {"a.weight": "LINEAR"}}
      """;

  static final String COMPARISON =
      """
      {"format": 1, "method": "simclr", "encoder": "vit", "command": ["juxta", "compare"],
       "runs": ["a"], "evaluators": {"knn": {"k": "5"}}, "failed": [{"method": "byol",
       "encoder": "vit", "data": "shapes", "seed": 1, "problem": "no"}]}
      """;

  static final String TOUR =
      """
      {"format": 1, "title": "Tour", "lead": "all", "stops": [{"method": "simclr", "lead": "x"}],
       "problems": ["none"]}
      """;

  static final String SCORES =
      """
      [{"data": "shapes", "dataFingerprint": "4f", "evaluator": "knn", "metric": "accuracy",
        "value": 0.5, "unit": "RATE", "better": "HIGHER", "protocol": {"k": "5"},
        "settings": {"k": "5"}, "seconds": 1.5}]
      """;

  private Texts() {}

  static List<byte[]> utf8(String... texts) {
    return Arrays.stream(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  static List<byte[]> yaml() {
    return utf8(
        "epochs: 3\nencoder: resnet-small\nloss:\n  temperature: 0.3\ndata: {side: 16}\n",
        "# nothing\n",
        "a: \"quoted \\u00fc\"\nb: 'single'\nc: |\n  block\n  text\nd: >-\n  folded\n  text\n",
        "a: &x 1\nb: 2\n",
        "? a\n: 1\n");
  }

  static List<byte[]> pickles() {
    List<byte[]> pickles = new ArrayList<>();
    // {'imlist': ['a'], 'qimlist': ['a'], 'gnd': [{'easy': [0], 'hard': [], 'junk': []}]}
    pickles.add(
        latin(
            "\u0080\u0002}q\u0000(U\u0006imlistq\u0001]q\u0002U\u0001aq\u0003aU\u0007qimlistq\u0004]q\u0005h\u0003a"
                + "U\u0003gndq\u0006]q\u0007}q\u0008(U\u0004easyq\u0009]K\u0000aU\u0004hardq\n]U\u0004junkq\u000b]"
                + "U\u0003bbxq\u000c]q\r(K\u0000K\u0000K\u0004K\u0004eua"
                + "u."));
    pickles.add(
        latin(
            "(dp0\nVimlist\np1\n(lp2\nVa\np3\nasVqimlist\np4\n(lp5\ng3\nasVgnd\np6\n(lp7\n(dp8\nVok\np9\n"
                + "(lp10\nI0\nasVjunk\np11\n(lp12\nsas."));
    // the same with NumPy's array in place of a list
    pickles.add(
        latin(
            "\u0080\u0002}(U\u0006imlist]U\u0001aaU\u0007qimlist]U\u0001aaU\u0003gnd]}(U\u0004easy"
                + "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\u0000tU\u0001btR"
                + "(K\u0001(K\u0001tcnumpy\ndtype\n(U\u0002i8K\u0000K\u0001tR(K\u0003U\u0001<NNN"
                + "J\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tb\u0089"
                + "U\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000tbU\u0004hard]U\u0004junk]ua"
                + "u."));
    for (int protocol : new int[] {0, 2, 3, 5}) {
      pickles.add(Numbers.resource("/pickle/truth-" + protocol + ".pkl"));
    }
    return pickles;
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
