package juxta.toolkit.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedPicturesTest {
  private static final int LENGTH = 12;

  @TempDir Path cache;

  private final AtomicInteger decoded = new AtomicInteger();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  private static byte[] pixels(int i) {
    return Drawn.random(LENGTH, i);
  }

  private Pack pack(int pictures, IntFunction<byte[]> decode) {
    List<byte[]> digests =
        IntStream.range(0, pictures).mapToObj(i -> new byte[] {(byte) i}).toList();
    return new Pack(
        digests,
        LENGTH,
        "as they are",
        i -> {
          decoded.incrementAndGet();
          return decode.apply(i);
        });
  }

  /** Four pictures a file. */
  private IntFunction<byte[]> open(Pack pack) {
    return PackedPictures.open(pack, cache, (what, share) -> told.add(what), 4 * LENGTH);
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.walk(cache.resolve("packed"))) {
      return all.filter(f -> f.toString().endsWith(".shard")).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void same(IntFunction<byte[]> pictures, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(pictures.apply(i)).containsExactly(pixels(i));
    }
  }

  @Test
  void picturesAreDecodedOnceForAllOpenings() {
    same(open(pack(10, PackedPicturesTest::pixels)), 10);
    assertThat(files()).hasSize(3);
    assertThat(told).contains("packing images");
    same(open(pack(10, PackedPicturesTest::pixels)), 10);
    assertThat(decoded).hasValue(10);
    same(open(pack(9, PackedPicturesTest::pixels)), 9); // other files have a folder of their own
    assertThat(decoded).hasValue(19);
  }

  @Test
  void whatAKilledProcessFinishedIsNotDecodedAgain() throws IOException {
    Pack killed =
        pack(
            10,
            i -> {
              if (i == 9) {
                throw new IllegalStateException("killed");
              }
              return pixels(i);
            });
    assertThatThrownBy(() -> open(killed)).hasMessage("killed");
    assertThat(files()).hasSize(2);
    Path half = Files.write(files().get(0).resolveSibling(".00002.shard.x.tmp"), new byte[7]);
    AtomicInteger after = new AtomicInteger(); // a thread of the killed one may still count
    Pack resumed =
        pack(
            10,
            i -> {
              after.incrementAndGet();
              return pixels(i);
            });
    same(open(resumed), 10);
    assertThat(after).hasValue(2);
    assertThat(half).doesNotExist();
  }

  @Test
  void everyDamagedByteIsNoticedAndTheFileMadeAnew() throws IOException {
    Pack pack = pack(6, PackedPicturesTest::pixels);
    open(pack);
    Path file = files().get(0);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 5) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      same(open(pack), 6);
      same(open(pack), 6);
      assertThat(files()).hasSize(2);
      assertThat(Files.readAllBytes(file)).containsExactly(whole);
    }
    for (int length : new int[] {0, 1, 30, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      same(open(pack), 6);
      assertThat(Files.readAllBytes(file)).containsExactly(whole);
    }
  }

  @Test
  void soundRecordsOfADamagedFileAreStillReadFromIt() throws IOException {
    Pack pack = pack(4, PackedPicturesTest::pixels);
    open(pack);
    byte[] whole = Files.readAllBytes(files().get(0));
    whole[LENGTH] ^= 1;
    Files.write(files().get(0), whole);
    IntFunction<byte[]> pictures = open(pack);
    decoded.set(0);
    same(pictures, 4);
    same(pictures, 4);
    assertThat(decoded).hasValue(2); // the second picture, twice
  }

  @Test
  void allDamagedPicturesAreNamedAndSoundFilesKept() {
    Pack damaged =
        pack(
            12,
            i -> {
              if (i == 5 || i == 9) {
                throw new UserException(i + ".jpg: is no readable image");
              }
              return pixels(i);
            });
    assertThatThrownBy(() -> open(damaged))
        .isInstanceOfSatisfying(
            UserException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly("5.jpg: is no readable image", "9.jpg: is no readable image"));
    assertThat(files()).hasSize(1);
  }

  @Test
  void twoAtOncePackOnceOnly() {
    Pack pack = pack(40, PackedPicturesTest::pixels);
    IntStream.range(0, 2)
        .mapToObj(i -> new Thread(() -> same(open(pack), 40)))
        .map(
            thread -> {
              thread.start();
              return thread;
            })
        .toList()
        .forEach(PackedPicturesTest::join);
    assertThat(decoded).hasValue(40);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDiskThatIsTooSmallIsNamedBeforehand() {
    Pack huge =
        new Pack(
            Collections.nCopies(1 << 12, new byte[1]), 1 << 30, "as they are", i -> new byte[0]);
    assertThatThrownBy(() -> PackedPictures.open(huge, cache, (what, share) -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "packed images need 4398.0 GB but only .* (GB|MB) are free in "
                + cache.resolve("packed")
                + ".*; free some space, let JUXTA_CACHE name a folder on a larger disk, or leave"
                + " data.cache=packed out");
  }

  @Test
  void withoutAFolderPicturesAreDecodedWhenTheyAreAskedFor() throws IOException {
    Files.write(cache.resolve("packed"), new byte[1]);
    same(open(pack(5, PackedPicturesTest::pixels)), 5);
    assertThat(decoded).hasValue(5);
  }
}
