package juxta.plugin.datasets.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import juxta.api.UserException;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Dtype;
import juxta.toolkit.io.PlainData;
import juxta.toolkit.io.StoredTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles of the test resources were written by Python 3 with NumPy 2.4. */
class PickleTest {
  @TempDir Path folder;

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PickleTest.class.getResourceAsStream("/pickle/" + name)) {
      return in.readAllBytes();
    }
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.pkl"), bytes);
  }

  private Path file(String latin) throws IOException {
    return file(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static PlainData.Whole whole(long value) {
    return new PlainData.Whole(value);
  }

  private static PlainData.Text text(String value) {
    return new PlainData.Text(value);
  }

  /** Of arrays without elements Python 3 writes the bytes as a call in protocols 0 to 2. */
  @Test
  void arraysMayBeEmpty() throws IOException {
    String array =
        "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntc_codecs\nencode\n"
            + "(Vb\nVlatin1\ntRtR(I1\n(I0\ntcnumpy\ndtype\n(Vi8\nI00\nI01\ntR(I3\nV<\n"
            + "NNNI-1\nI-1\nI0\ntbI00\nc__builtin__\nbytes\n(%stRtb.";
    assertThat(Pickle.read(file(array.formatted(""))))
        .isInstanceOfSatisfying(
            PlainData.Numbers.class,
            found -> assertThat(found.tensor().shape()).containsExactly(0L));
    assertThatThrownBy(() -> Pickle.read(file(array.formatted("I9\n"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("bytes that are made in an unknown way");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void readsWhatPythonWrote(int protocol) throws IOException {
    PlainData data = Pickle.read(file(resource("truth-" + protocol + ".pkl")));
    Map<String, PlainData> all = ((PlainData.Mapping) data).values();
    assertThat(all.keySet()).containsExactly("imlist", "qimlist", "gnd");
    assertThat(all.get("imlist"))
        .isEqualTo(new PlainData.Sequence(List.of(text("a"), text("b"), text("c"))));
    PlainData.Sequence gnd = (PlainData.Sequence) all.get("gnd");
    Map<String, PlainData> query = ((PlainData.Mapping) gnd.values().get(0)).values();
    assertThat(query.get("bbx"))
        .isEqualTo(
            new PlainData.Sequence(
                List.of(
                    new PlainData.Real(1.5),
                    new PlainData.Real(2),
                    new PlainData.Real(30),
                    new PlainData.Real(40.25))));
    StoredTensor easy = ((PlainData.Numbers) query.get("easy")).tensor();
    assertThat(easy.dtype()).isEqualTo(Dtype.I64);
    assertThat(Tensors.ints(easy.value())).containsExactly(0, 2);
    assertThat(query.get("hard")).isEqualTo(new PlainData.Sequence(List.of(whole(1))));
    assertThat(query.get("junk")).isEqualTo(new PlainData.Sequence(List.of()));
    assertThat(query.get("flag")).isEqualTo(new PlainData.Flag(true));
    assertThat(query.get("none")).isEqualTo(new PlainData.Nothing());
    assertThat(query.get("tuple"))
        .isEqualTo(
            new PlainData.Sequence(
                List.of(whole(1), whole(-2), whole(300), whole(70000), whole(-5_000_000_000L))));
    StoredTensor grid = ((PlainData.Numbers) query.get("grid")).tensor();
    assertThat(grid.shape()).containsExactly(2L, 3L);
    assertThat(Tensors.floats(grid.value())).containsExactly(0, 1, 2, 3, 4, 5); // was column-major
  }

  /** What Python 2's cPickle makes of a dictionary with a list of names, protocol 2. */
  @Test
  void readsPython2sTexts() throws IOException {
    PlainData data =
        Pickle.read(file("\u0080\u0002}q\u0001U\u0006imlistq\u0002]q\u0003U\u0003abcas."));
    assertThat(data)
        .isEqualTo(
            new PlainData.Mapping(Map.of("imlist", new PlainData.Sequence(List.of(text("abc"))))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil-0.pkl", "evil-2.pkl", "evil-4.pkl"})
  void runsNothing(String name) throws IOException {
    Path file = file(resource(name));
    assertThatThrownBy(() -> Pickle.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file + ": at byte ")
        .hasMessageContaining("the file asks for 'posix system', which could run code");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cbuiltins\neval\n(S'1'\ntR.",
        "c__builtin__\neval\n(S'1'\ntR.",
        "cnumpy.core.multiarray\nfromstring\n.",
        "(S'os'\nS'system'\nios\nsystem\n.", // INST
        "cnumpy\ndtype\n(S'i8'\nt\u0081.", // NEWOBJ
        "P1\n.", // a persistent id
        "\u00821.", // an extension's code
        "cnumpy\nndarray\n(I3\ntR.", // a class of arrays, called
        "cnumpy\nndarray\n.", // a callable as data
        "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\ndtype\n(I0\ntS'b'\ntR.",
        "cnumpy\ndtype\n(S'O8'\nI0\nI1\ntR(I3\nS'|'\nNNNI-1\nI-1\nI63\ntb.",
        "cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\n(S'i8'\ntRS'12345678'\ntR.",
        "]S'a'\nb.", // a list is filled as an object
        "}(I1\nI2\nu.", // a key that is no text
        "S'\\x41'\n.",
        "a.",
        "(.",
        "0.",
        "h\u0005.",
        "\u0080\u0009N.",
        "NN" // never ends
      })
  void refusesWhatIsNoPlainData(String pickle) throws IOException {
    Path file = file(pickle);
    assertThatThrownBy(() -> Pickle.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file + ": at byte ")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void refusesDataWithinThemselves() throws IOException {
    assertThatThrownBy(() -> Pickle.read(file(resource("cycle.pkl"))))
        .hasMessageContaining("contain themselves");
  }

  @Test
  void takesNoMemoryForWhatIsNotThere() throws IOException {
    assertThatThrownBy(() -> Pickle.read(file("X\u00ff\u00ff\u00ff\u007fabc")))
        .hasMessageContaining("the file ends within the data");
    assertThatThrownBy(
            () -> Pickle.read(file("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffa")))
        .hasMessageContaining("the file ends within the data");
  }

  /** Small files of which other readers make gigabytes, or work for minutes. */
  @Test
  void whatIsRememberedIsNotCopiedTimeAndAgain() throws IOException {
    String large = "T\u0000\u0000\u0004\u0000" + "a".repeat(1 << 18) + "q\u0001";
    String again = "the same bytes over and over";
    String type = "cnumpy\ndtype\nq\u0000" + large + "0"; // remembered as 0 and 1
    refused(type + "h\u0000h\u0001\u0085R0".repeat(20_000) + "N.", again);
    String encode = "c_codecs\nencode\nq\u0000" + large + "0S'latin1'\nq\u00020";
    refused(encode + "h\u0000h\u0001h\u0002\u0086R0".repeat(20_000) + "N.", again);
    String array =
        "cnumpy.core.numeric\n_frombuffer\nq\u0000"
            + large
            + "0cnumpy\ndtype\n(S'u1'\ntR(I3\nS'|'\ntbq\u00020(I512\nI512\ntq\u00030S'F'\nq\u0004";
    refused(array + "0(h\u0001h\u0002h\u0003h\u0004tq\u00050" + call(20_000) + "N.", again);
    String name = large + "0";
    refused(name + "h\u0001h\u0001\u00930".repeat(20_000) + "N.", "could run code");
  }

  private static String call(int times) {
    return "h\u0000h\u0005R0".repeat(times);
  }

  @Test
  void aKeyThatIsRememberedIsReadOnce() throws IOException {
    String large = "T\u0000\u0000\u0004\u0000" + "a".repeat(1 << 18) + "q\u00010";
    assertThat(Pickle.read(file(large + "}" + "h\u0001Ns".repeat(50_000) + ".")))
        .isInstanceOfSatisfying(
            PlainData.Mapping.class, data -> assertThat(data.values()).hasSize(1));
  }

  @Test
  void doublingAndNestingStaySmall() throws IOException {
    assertThat(Pickle.read(file("]" + "q\u00000h\u0000h\u0000\u0086".repeat(60) + ".")))
        .isInstanceOf(PlainData.Sequence.class);
    refused("]".repeat(100_000) + "a".repeat(99_999) + ".", "nested too deeply");
    refused("}".repeat((1 << 22) + 10), "more than 4194304 instructions");
    refused("I" + "9".repeat(1 << 20) + "\n.", "is no whole number of 64 bits");
    refused("(" + "I1\n".repeat(50_000) + "tq\u00000cnumpy\ndtype\n" + "h\u0000R.", "a text");
  }

  private void refused(String pickle, String why) throws IOException {
    Path file = file(pickle);
    assertThatThrownBy(() -> Pickle.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("\n"));
  }

  /** Whatever happens to a file, a user gets a line that names it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void neverFailsOtherwise(int protocol) throws IOException {
    byte[] sound = resource("truth-" + protocol + ".pkl");
    Random random = new Random(protocol);
    for (int trial = 0; trial < 600; trial++) {
      byte[] bytes = sound.clone();
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Path file = file(trial % 3 == 0 ? Arrays.copyOf(sound, trial % sound.length) : bytes);
      try {
        Pickle.read(file);
      } catch (UserException e) {
        assertThat(e).hasMessageContaining("a.pkl: at byte ");
      }
    }
  }

  /** Nobody writes into it: whoever reads it waits for ever. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void pipesAreRefused(@TempDir Path place) throws Exception {
    Path pipe = place.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> Pickle.read(pipe))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(pipe + ": cannot be read: it is a pipe, a device or the like");
  }
}
