package juxta.launcher.whole;

import java.nio.file.Path;
import juxta.launcher.plugins.PluginJars;

/**
 * A plug-in with data {@code sleepy}, whose reader does not come back where its folder has a file
 * {@code asleep}, as of a disk elsewhere that is gone.
 */
final class Sleepy {
  private static final String DATA =
      """
      package sleepy;

      import java.nio.file.*;
      import java.util.*;
      import juxta.api.*;

      public final class Sleepy implements DatasetProvider {
        @Override
        public String id() {
          return "sleepy";
        }

        @Override
        public String summary() {
          return "images of nothing";
        }

        @Override
        public DataKind kind() {
          return DataKind.IMAGES;
        }

        @Override
        public Dataset open(Request request) {
          return new Images(request.path().get());
        }

        private record Images(Path folder) implements Dataset, Split {
          @Override
          public String id() {
            return "sleepy";
          }

          @Override
          public DataKind kind() {
            return DataKind.IMAGES;
          }

          @Override
          public Map<String, Split> splits() {
            return Map.of(TRAIN, this);
          }

          @Override
          public List<String> classes() {
            return List.of();
          }

          @Override
          public String fingerprint() {
            return "00";
          }

          @Override
          public int size() {
            return 32;
          }

          @Override
          public List<Field> fields() {
            return List.of(Field.of("image", FieldType.UINT8, 32, 32, 3));
          }

          @Override
          public Value value(String field, int record) {
            try {
              while (Files.exists(folder.resolve("asleep"))) {
                Thread.sleep(100);
              }
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            byte[] pixels = new byte[32 * 32 * 3];
            new Random(record).nextBytes(pixels);
            return new Value(
                FieldType.UINT8, List.of(32L, 32L, 3L), java.nio.ByteBuffer.wrap(pixels));
          }
        }
      }
      """;

  private Sleepy() {}

  /** Puts the plug-in among the others. */
  static void addTo(Shell shell) {
    Path jar = shell.plugins().resolve("sleepy.jar");
    PluginJars.module("sleepy", "1.0")
        .provider("juxta.api.DatasetProvider", "sleepy.Sleepy")
        .source("sleepy.Sleepy", DATA)
        .writeTo(jar);
  }
}
