package juxta.benchmarks.data;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.Settings;
import juxta.api.Split;

/**
 * What a folder of JPEG files costs: the first opening, which reads all files, the second, which
 * lists them, and an epoch in random order with the pictures decoded anew and with packed ones.
 */
public final class FolderReading {
  private static final double NANOS = 1e9;

  private final DatasetProvider provider;
  private final Path images;
  private final Path cache;

  private FolderReading(DatasetProvider provider, Path work) {
    this.provider = provider;
    this.images = work.resolve("images");
    this.cache = work.resolve("cache");
  }

  /** Seconds on the clock and of all cores. */
  private record Time(double wall, double cpu) {
    private static Time of(Runnable work) {
      long wall = System.nanoTime();
      long cpu = processors();
      work.run();
      return new Time((System.nanoTime() - wall) / NANOS, (processors() - cpu) / NANOS);
    }

    private static long processors() {
      return ManagementFactory.getOperatingSystemMXBean()
              instanceof com.sun.management.OperatingSystemMXBean process
          ? process.getProcessCpuTime()
          : 0;
    }
  }

  /**
   * Measures and prints.
   *
   * @param provider the reader of image folders
   * @param count number of images
   * @param parent folder for the images and what is packed of them, about 170 KB an image; a folder
   *     is made there and taken away at the end
   * @throws IOException if nothing can be written there
   */
  public static void run(DatasetProvider provider, int count, Path parent) throws IOException {
    Path work = Files.createTempDirectory(Files.createDirectories(parent), "folder-reading");
    try {
      FolderReading reading = new FolderReading(provider, work);
      JpegFolder.make(reading.images, count);
      reading.measure(count);
    } finally {
      JpegFolder.delete(work);
    }
  }

  private void measure(int count) {
    System.out.printf(
        Locale.ROOT,
        "folder-reading: %,d JPEG files of 300 x 224, side 224, %d cores%n",
        count,
        Runtime.getRuntime().availableProcessors());
    row("first opening", count, Time.of(() -> open("none").close()));
    row("second opening", count, Time.of(() -> open("none").close()));
    Time decoding;
    try (Dataset data = open("none")) {
      decoding = Time.of(() -> epoch(data));
      row("epoch, decoding", count, decoding);
    }
    row("packing", count, Time.of(() -> open("packed").close()));
    row("opening packed", count, Time.of(() -> open("packed").close()));
    try (Dataset data = open("packed")) {
      Time packed = Time.of(() -> epoch(data));
      row("epoch, packed", count, packed);
      System.out.printf(
          Locale.ROOT,
          "  packed is %.1f times as fast as decoding, with 1/%.1f of the processor's time%n",
          decoding.wall() / packed.wall(),
          decoding.cpu() / packed.cpu());
    }
  }

  private static void row(String what, int count, Time time) {
    System.out.printf(
        Locale.ROOT,
        "  %-18s %8.2f s %8.2f s of processors %9.0f images/s%n",
        what,
        time.wall(),
        time.cpu(),
        count / time.wall());
  }

  private Dataset open(String kept) {
    return provider.open(
        new DatasetProvider.Request(
            Optional.of(images),
            cache,
            Settings.of(Map.of("side", "224", "test-share", "0", "cache", kept)),
            (what, share) -> {}));
  }

  /** Every image once, in an order as that of training. */
  private static void epoch(Dataset data) {
    Split train = data.train();
    List<Integer> order = new ArrayList<>(IntStream.range(0, train.size()).boxed().toList());
    Collections.shuffle(order, new Random(1));
    order.parallelStream().forEach(i -> train.value(Field.IMAGE, i).data().get(0));
  }
}
