package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import juxta.api.ModelFunction;
import juxta.api.UserException;
import juxta.engine.export.Exported;
import juxta.engine.export.Exporter;
import juxta.engine.export.Subjects;
import juxta.engine.export.Written;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.ParameterStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  @TempDir private Path folder;

  /** As on a full disk. */
  private static final Exporter FAILING =
      new Exporter() {
        @Override
        public String format() {
          return "failing";
        }

        @Override
        public Written write(Exported subject, Set<String> functions, Path folder) {
          throw new UserException("cannot write " + folder.resolve("a") + " (no space); make room");
        }
      };

  @Test
  void whatCannotBeWrittenIsNamedAsTheUserCalledItAndLeavesNothing() throws IOException {
    FrozenModel model =
        new FrozenModel(
            List.of(new ModelFunction("embed", List.of(), (scope, batch) -> null)),
            new ParameterStore());
    Path out = folder.resolve("out");
    assertThatThrownBy(() -> Export.write(FAILING, Subjects.of(model), Set.of(), out))
        .isInstanceOf(UserException.class)
        .hasMessage("cannot write " + out.resolve("a") + " (no space); make room");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }
}
