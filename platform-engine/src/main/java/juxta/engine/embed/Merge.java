package juxta.engine.embed;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.UserException;
import juxta.engine.run.Folders;

/** Joins the parts that shards made into the file that one run without shards makes. */
public final class Merge {
  private final Path file;

  /**
   * Prepares.
   *
   * @param file the file for all rows; its parts lie beside it
   */
  public Merge(Path file) {
    this.file = file;
  }

  /** A part and what it says of itself. */
  private record Part(Target target, State state) {}

  /**
   * Joins. The parts stay.
   *
   * @param force whether what is there may be written over
   * @return what was written
   * @throws UserException if parts are missing, or are not of one model and one data set
   */
  public Embedded write(boolean force) {
    Target whole = new Target(file, Shard.WHOLE);
    List<Part> parts = parts();
    State first = parts.get(0).state();
    try (Draft draft = Draft.open(whole, force)) {
      draft.check(first.subject());
      if (draft.state().filter(state -> !state.isWhole()).isPresent()) {
        throw new UserException(
            whole.draft()
                + " holds the same in the making; end it with the command that began it, or delete"
                + " the folder");
      }
      if (draft.state().isEmpty()) {
        long rows = first.subject().rows();
        draft.goOn();
        draft.begin(first.subject(), rows, first.shape());
        for (Part part : parts) {
          append(draft, part);
        }
        draft.save(first.subject(), rows, rows, first.shape());
      }
      return draft.publish();
    }
  }

  private static void append(Draft draft, Part part) {
    Target target = part.target();
    State state = part.state();
    Form form = target.form();
    int header = form.header(state.subject(), state.wanted(), state.columns()).remaining();
    append(draft, target.main(), header, true);
    if (form.hasTable()) {
      append(draft, target.table(), RowNames.headerLine().length, false);
    }
  }

  private static void append(Draft draft, Path from, long header, boolean numbers) {
    try (FileChannel channel = FileChannel.open(from, StandardOpenOption.READ)) {
      draft.append(channel, header, numbers);
    } catch (IOException e) {
      throw new UserException("cannot read " + from + " (" + Folders.reason(e) + ")", e);
    }
  }

  private List<Part> parts() {
    int count = count();
    List<Target> targets =
        IntStream.range(0, count).mapToObj(i -> new Target(file, new Shard(i, count))).toList();
    List<Target> missing =
        targets.stream().filter(t -> !t.files().stream().allMatch(Files::exists)).toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          file
              + ": "
              + missing.size()
              + " of "
              + count
              + " parts are missing: "
              + missing.stream().map(t -> t.main().toString()).collect(Collectors.joining(", "))
              + "; make them with --shard "
              + missing.stream()
                  .map(t -> t.shard().index() + "/" + count)
                  .collect(Collectors.joining(", ")));
    }
    List<Part> parts = new ArrayList<>();
    for (Target target : targets) {
      Part part = new Part(target, Draft.read(target.note()));
      check(part, parts.isEmpty() ? part : parts.get(0));
      parts.add(part);
    }
    return parts;
  }

  /** How many parts there are to be, by the names of those that are there. */
  private int count() {
    String name = file.getFileName().toString();
    String ending = name.substring(name.length() - Form.of(file).endingLength());
    String stem = name.substring(0, name.length() - ending.length());
    Pattern form =
        Pattern.compile(
            Pattern.quote(stem) + "\\.[0-9]{1,6}-of-([0-9]{1,6})" + Pattern.quote(ending));
    TreeSet<Integer> counts = new TreeSet<>();
    try (Stream<Path> entries = Files.list(file.toAbsolutePath().getParent())) {
      entries.forEach(
          entry -> {
            Matcher part = form.matcher(entry.getFileName().toString());
            if (part.matches()) {
              counts.add(Integer.parseInt(part.group(1)));
            }
          });
    } catch (IOException e) {
      throw new UserException(
          "cannot read the folder of " + file + " (" + Folders.reason(e) + ")", e);
    }
    if (counts.isEmpty()) {
      throw new UserException(
          file
              + ": no parts of it are there (as "
              + new Target(file, new Shard(0, 4)).main().getFileName()
              + "); make them with --shard");
    }
    if (counts.size() > 1) {
      throw new UserException(
          file
              + ": there are parts of several divisions, "
              + counts.stream().map(n -> "n-of-" + n).collect(Collectors.joining(", "))
              + "; delete those that are not meant");
    }
    return counts.first();
  }

  private static void check(Part part, Part first) {
    State state = part.state();
    Target target = part.target();
    List<String> differences = first.state().subject().differences(state.subject());
    if (!differences.isEmpty() || !state.shape().equals(first.state().shape())) {
      throw new UserException(
          target.main()
              + " differs from "
              + first.target().main()
              + " in "
              + (differences.isEmpty() ? "the shape of rows" : String.join(", ", differences))
              + "; embed one of them again with --force");
    }
    Shard shard = target.shard();
    Subject subject = state.subject();
    long rows =
        subject.rowsBefore(shard.to(subject.batches()))
            - subject.rowsBefore(shard.from(subject.batches()));
    boolean whole =
        state.shard() == shard.index()
            && state.shards() == shard.count()
            && state.rows() == rows
            && state.isWhole()
            && isLong(target.main(), state.bytes())
            && (!target.form().hasTable() || isLong(target.table(), state.tableBytes()));
    if (!whole) {
      throw new UserException(
          target.main()
              + " is not what "
              + target.note().getFileName()
              + " says of it; embed it again with --force");
    }
  }

  private static boolean isLong(Path file, long bytes) {
    try {
      return Files.size(file) == bytes;
    } catch (IOException e) {
      throw new UserException("cannot read " + file + " (" + Folders.reason(e) + ")", e);
    }
  }
}
