package juxta.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Split;
import juxta.api.Value;

/** What is allowed and hardly ever meant: a line each, before a run begins. */
final class Suspicions {
  /** Records that are looked at: enough to tell a folder of nothing, and read in a moment. */
  private static final int LOOKED_AT = 16;

  private static final String LABELLED = "labelled";

  private Suspicions() {}

  static List<String> of(Choices choices, Plan plan, Dataset data) {
    List<String> lines = new ArrayList<>();
    boolean trains =
        plan.phases().stream().anyMatch(Phase.Training.class::isInstance)
            && choices.resolution().run(RunSettings.EPOCHS).orElse(1) > 0;
    if (trains && choices.batch() == 1 && choices.loss().isPresent()) {
      lines.add(
          "batch 1: no record has another of its batch to be compared with; pass --batch 2 or"
              + " more");
    }
    Split train = data.train();
    for (String field : List.of(Field.IMAGE, Field.VOLUME)) {
      look(train, field, some(train.size(), i -> true), Suspicions::isConstant)
          .ifPresent(
              n ->
                  lines.add(
                      "each of the "
                          + n
                          + " "
                          + field
                          + "s looked at has one value everywhere; look at what the data's reader"
                          + " makes of the files"));
    }
    Predicate<Integer> labelled =
        train.has(LABELLED) ? i -> train.value(LABELLED, i).number() == 1 : i -> true;
    look(train, Field.MASK, some(train.size(), labelled), Suspicions::isConstant)
        .ifPresent(
            n ->
                lines.add(
                    "each of the "
                        + n
                        + " masks looked at has one class everywhere; look at what the data's"
                        + " reader makes of the files"));
    return lines;
  }

  /** Records spread evenly over those that are wanted. */
  private static List<Integer> some(int size, Predicate<Integer> wanted) {
    List<Integer> all = IntStream.range(0, size).boxed().filter(wanted).toList();
    int count = Math.min(LOOKED_AT, all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }

  /** How many records were looked at, if all are as they should not be. */
  private static OptionalInt look(
      Split split, String field, List<Integer> records, Predicate<Value> odd) {
    boolean all =
        split.has(field)
            && !records.isEmpty()
            && records.stream().allMatch(i -> odd.test(split.value(field, i)));
    return all ? OptionalInt.of(records.size()) : OptionalInt.empty();
  }

  private static boolean isConstant(Value value) {
    var bytes = value.data();
    int width = value.type().bytes();
    for (int i = bytes.position() + width; i < bytes.limit(); i++) {
      if (bytes.get(i) != bytes.get(i - width)) {
        return false;
      }
    }
    return true;
  }
}
