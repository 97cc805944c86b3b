package juxta.plugin.datasets.pickle;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.io.PlainData;
import juxta.toolkit.io.Printable;
import juxta.toolkit.io.RegularFile;

/**
 * Reads pickled Python data that are nothing but data: dictionaries with texts as keys, lists,
 * tuples, texts, numbers, and NumPy's arrays and scalars of plain numbers. Pickles are programs;
 * here none is run. The few callables by which NumPy's arrays are stored are recognised by name and
 * stand for the data that follow; any other, and any other instruction, is refused.
 *
 * <p>Protocols 0 to 5, as Python 2 and 3 write them.
 *
 * @see <a href="https://docs.python.org/3/library/pickletools.html">the instructions</a>
 */
public final class Pickle {
  private static final long LARGEST = 1L << 28;

  /** Each leaves at most some hundred bytes in memory, beside what it takes from the file. */
  private static final int MOST_INSTRUCTIONS = 1 << 22;

  /** How often the bytes of the file may be copied by calls: those of NumPy take them once. */
  private static final long MOST_COPIES = 4;

  private static final int SMALL = 1 << 16;

  /** No call looks at more of them. */
  private static final int MOST_ARGUMENTS = 8;

  private static final Pattern ESCAPE = Pattern.compile("\\\\u[0-9a-fA-F]{4}|\\\\U[0-9a-fA-F]{8}");

  private final Path file;
  private final byte[] bytes;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private int at;
  private int instruction;
  private int instructions;
  private long copies;

  private Pickle(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
    this.copies = MOST_COPIES * bytes.length + SMALL;
  }

  /** Where a run of values begins. */
  private record Mark() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return what it holds
   * @throws UserException if it cannot be read, is damaged, or holds more than data, naming file
   *     and offset
   */
  public static PlainData read(Path file) {
    try {
      if (Files.size(RegularFile.ifThere(file)) > LARGEST) {
        throw new UserException(
            file + ": has " + Files.size(file) + " bytes; pickles up to " + LARGEST + " are read");
      }
      return new Pickle(file, Files.readAllBytes(file)).run();
    } catch (IOException e) {
      throw new UserException("cannot read " + file + " (" + DataFolder.reason(e) + ")", e);
    }
  }

  private PlainData run() {
    while (true) {
      instruction = at;
      if (++instructions > MOST_INSTRUCTIONS) {
        throw bad("more than " + MOST_INSTRUCTIONS + " instructions");
      }
      int code = next() & 0xFF;
      if (code == '.') {
        PlainData data = new PickleFreezer(this::bad).freeze(pop());
        if (at != bytes.length) {
          throw bad("bytes follow the end");
        }
        return data;
      }
      step(code);
    }
  }

  /** One instruction; names are those of Python's pickletools. */
  private void step(int code) {
    switch (code) {
      case 0x80 -> protocol();
      case 0x95 -> whole(8); // FRAME
      case '(' -> push(new Mark());
      case '0' -> pop();
      case '1' -> popMark();
      case '2' -> push(top());
      case 'N' -> push(new PlainData.Nothing());
      case 0x88 -> push(new PlainData.Flag(true));
      case 0x89 -> push(new PlainData.Flag(false));
      case 'K' -> push(new PlainData.Whole(whole(1)));
      case 'M' -> push(new PlainData.Whole(whole(2)));
      case 'J' -> push(new PlainData.Whole((int) whole(4)));
      case 'I' -> push(decimal(line(), true));
      case 'L' -> push(decimal(line(), false));
      case 0x8a -> push(long1(count(1)));
      case 0x8b -> push(long1(count(4)));
      case 'F' -> push(real(line()));
      case 'G' -> push(new PlainData.Real(Double.longBitsToDouble(Long.reverseBytes(whole(8)))));
      case 'S' -> push(quoted(line()));
      case 'T', 'B' -> push(new PickleBytes(take(count(4))));
      case 'U', 'C' -> push(new PickleBytes(take(count(1))));
      case 0x8e, 0x96 -> push(new PickleBytes(take(count(8))));
      case 'V' -> push(new PlainData.Text(unescaped(line(StandardCharsets.ISO_8859_1))));
      case 'X' -> push(text(count(4)));
      case 0x8c -> push(text(count(1)));
      case 0x8d -> push(text(count(8)));
      case ']' -> push(new ArrayList<>());
      case 'l' -> push(new ArrayList<>(popMark()));
      case 'a' -> {
        Object value = pop();
        list().add(value);
      }
      case 'e' -> {
        List<Object> values = popMark();
        list().addAll(values);
      }
      case ')' -> push(new PickleTuple(List.of()));
      case 0x85 -> push(new PickleTuple(popLast(1)));
      case 0x86 -> push(new PickleTuple(popLast(2)));
      case 0x87 -> push(new PickleTuple(popLast(3)));
      case 't' -> push(new PickleTuple(popMark()));
      case '}' -> push(new LinkedHashMap<String, Object>());
      case 'd' -> {
        List<Object> values = popMark();
        push(new LinkedHashMap<String, Object>());
        put(values);
      }
      case 's' -> {
        List<Object> pair = popLast(2);
        put(pair);
      }
      case 'u' -> {
        List<Object> pairs = popMark();
        put(pairs);
      }
      case 'p' -> memo.put(number(line()), top());
      case 'q' -> memo.put(whole(1), top());
      case 'r' -> memo.put(whole(4), top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'g' -> push(remembered(number(line())));
      case 'h' -> push(remembered(whole(1)));
      case 'j' -> push(remembered(whole(4)));
      case 'c' -> push(PickleCallable.named(line() + " " + line(), this::bad));
      case 0x93 -> {
        List<Object> names = popLast(2);
        spend(new PickleTuple(names));
        push(
            PickleCallable.named(
                PickleBytes.text(names.get(0), this::bad)
                    + " "
                    + PickleBytes.text(names.get(1), this::bad),
                this::bad));
      }
      case 'R' -> {
        List<Object> call = popLast(2);
        spend(call.get(1));
        push(PickleCallable.apply(call.get(0), call.get(1), this::bad));
      }
      case 'b' -> {
        Object state = pop();
        spend(state);
        PickleCallable.build(top(), state, this::bad);
      }
      default -> throw bad("instruction %s is not one of plain data".formatted(shown(code)));
    }
  }

  /**
   * Counts what a call is about to copy. What is remembered can be handed to any number of calls,
   * so that a small file would fill the memory.
   */
  private void spend(Object arguments) {
    List<Object> values = arguments instanceof PickleTuple t ? t.values() : List.of(arguments);
    for (int i = 0; i < Math.min(values.size(), MOST_ARGUMENTS); i++) {
      copies -=
          values.get(i) instanceof PickleBytes raw
              ? raw.bytes().length
              : values.get(i) instanceof PlainData.Text text ? text.value().length() : 0;
    }
    if (copies < 0) {
      throw bad("the same bytes over and over");
    }
  }

  private static String shown(int code) {
    return code > 32 && code < 127 ? "'" + (char) code + "'" : "0x" + Integer.toHexString(code);
  }

  private void protocol() {
    long version = whole(1);
    if (version > 5) {
      throw bad("protocol " + version + " is not known");
    }
  }

  private byte next() {
    if (at >= bytes.length) {
      throw bad("the file ends within the data");
    }
    return bytes[at++];
  }

  /** Little endian, without a sign. */
  private long whole(int size) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (next() & 0xFFL) << 8 * i;
    }
    return value;
  }

  /** A length, which must fit into what is left of the file. */
  private int count(int size) {
    long count = whole(size);
    if (count < 0 || count > bytes.length - at) {
      throw bad("the file ends within the data");
    }
    return (int) count;
  }

  private byte[] take(int count) {
    byte[] taken = java.util.Arrays.copyOfRange(bytes, at, at + count);
    at += count;
    return taken;
  }

  private PlainData text(int count) {
    return new PlainData.Text(new String(take(count), StandardCharsets.UTF_8));
  }

  private String line() {
    return line(StandardCharsets.UTF_8);
  }

  private String line(Charset encoding) {
    int from = at;
    while (next() != '\n') {
      // goes on to the end of the line
    }
    return new String(bytes, from, at - from - 1, encoding);
  }

  /** Python's raw-unicode-escape: letters beyond Latin 1 as four or eight hexadecimal digits. */
  private String unescaped(String line) {
    Matcher escape = ESCAPE.matcher(line);
    return escape.replaceAll(
        found -> {
          int letter = Integer.parseUnsignedInt(found.group().substring(2), 16);
          if (!Character.isValidCodePoint(letter)) {
            throw bad("a letter that is none");
          }
          return Matcher.quoteReplacement(Character.toString(letter));
        });
  }

  private PlainData decimal(String line, boolean flags) {
    if (flags && (line.equals("00") || line.equals("01"))) {
      return new PlainData.Flag(line.equals("01"));
    }
    return new PlainData.Whole(
        number(line.endsWith("L") ? line.substring(0, line.length() - 1) : line));
  }

  private long number(String line) {
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      throw bad("'" + Printable.of(line) + "' is no whole number of 64 bits");
    }
  }

  private PlainData real(String line) {
    try {
      return new PlainData.Real(Double.parseDouble(line));
    } catch (NumberFormatException e) {
      throw bad("'" + Printable.of(line) + "' is no number");
    }
  }

  /** Little endian with a sign, of at most 64 bits. */
  private PlainData long1(int size) {
    if (size > 8) {
      throw bad("a whole number of " + size + " bytes");
    }
    long value = whole(size);
    int unused = 64 - 8 * size;
    return new PlainData.Whole(size == 0 ? 0 : value << unused >> unused);
  }

  /** A text of protocol 0 in quotes; those with escapes are refused. */
  private Object quoted(String line) {
    boolean closed =
        line.length() >= 2
            && (line.charAt(0) == '\'' || line.charAt(0) == '"')
            && line.charAt(line.length() - 1) == line.charAt(0);
    if (!closed || line.indexOf('\\') >= 0) {
      throw bad("a text that is not plainly quoted");
    }
    return new PlainData.Text(line.substring(1, line.length() - 1));
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object top() {
    if (stack.isEmpty() || stack.get(stack.size() - 1) instanceof Mark) {
      throw bad("a value is missing");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    Object top = top();
    stack.remove(stack.size() - 1);
    return top;
  }

  private List<Object> popLast(int count) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(0, pop());
    }
    return values;
  }

  /** Everything above the last mark; the mark goes too. */
  private List<Object> popMark() {
    int from = stack.size() - 1;
    while (from >= 0 && !(stack.get(from) instanceof Mark)) {
      from--;
    }
    if (from < 0) {
      throw bad("a mark is missing");
    }
    List<Object> values = new ArrayList<>(stack.subList(from + 1, stack.size()));
    stack.subList(from, stack.size()).clear();
    return values;
  }

  private Object remembered(long key) {
    Object value = memo.get(key);
    if (value == null) {
      throw bad("nothing was remembered as " + key);
    }
    return value;
  }

  @SuppressWarnings("unchecked") // lists are made here only
  private List<Object> list() {
    if (!(top() instanceof ArrayList<?> list)) {
      throw bad("no list to add to");
    }
    return (List<Object>) list;
  }

  @SuppressWarnings("unchecked") // dictionaries are made here only
  private void put(List<Object> pairs) {
    if (!(top() instanceof LinkedHashMap<?, ?> map) || pairs.size() % 2 != 0) {
      throw bad("no dictionary to add to");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      ((Map<String, Object>) map).put(PickleBytes.text(pairs.get(i), this::bad), pairs.get(i + 1));
    }
  }

  private UserException bad(String what) {
    return new UserException(
        file
            + ": at byte "
            + instruction
            + ": "
            + what
            + "; the file is damaged or holds more than plain data: get it again");
  }
}
