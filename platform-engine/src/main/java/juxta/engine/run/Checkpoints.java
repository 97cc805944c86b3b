package juxta.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import juxta.api.Layout;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.PhaseState;
import juxta.toolkit.io.Json;
import juxta.toolkit.io.Layouts;
import juxta.toolkit.io.Safetensors;

/**
 * The checkpoints of a run. Each is a folder with the weights, the optimiser's state and one small
 * JSON; it is written beside the others under a name that no reader looks for, forced to disk, and
 * published by one rename. A crash at any moment leaves the older checkpoints as they were.
 */
public final class Checkpoints {
  private static final String WEIGHTS = "weights.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String STATE = "state.json";
  private static final String UNFINISHED = "unfinished-";
  private static final int KEPT = 2;
  private static final int FORMAT = 1;

  private final Path folder;

  /**
   * Checkpoints of a run.
   *
   * @param folder where they lie; made when needed
   */
  public Checkpoints(Path folder) {
    this.folder = folder;
  }

  /**
   * What a checkpoint holds.
   *
   * @param path its folder
   * @param store the parameters
   * @param state where the run stood
   */
  public record Loaded(Path path, ParameterStore store, PhaseState state) {}

  /** The small JSON; layouts are by name of the weight, of those that are not plain. */
  private record State(
      int format,
      @Required int phase,
      @Required long step,
      @Required long earlier,
      @Required List<Double> history,
      @Required Map<String, String> layouts) {
    State {
      JsonRecord.count("phase", phase);
      JsonRecord.count("step", step);
      JsonRecord.count("earlier", earlier);
    }

    static State of(ParameterStore store, PhaseState at) {
      Map<String, String> layouts = new LinkedHashMap<>();
      store
          .entries()
          .forEach(
              (name, entry) -> {
                if (entry.layout() != Layout.PLAIN) {
                  layouts.put(name, entry.layout().name());
                }
              });
      return new State(FORMAT, at.phase(), at.step(), at.earlier(), at.history(), layouts);
    }
  }

  /**
   * Writes a checkpoint and removes those that are no longer needed.
   *
   * @param store the parameters
   * @param state where the run stands
   * @return the checkpoint's folder
   */
  public Path save(ParameterStore store, PhaseState state) {
    String name = name(state.phase(), state.step());
    Path target = folder.resolve(name);
    Path draft = folder.resolve(UNFINISHED + name);
    try {
      Files.createDirectories(folder);
      Folders.delete(draft);
      Files.createDirectory(draft);
      write(draft, store);
      Files.writeString(draft.resolve(STATE), Json.pretty(State.of(store, state)) + "\n");
      Folders.force(draft.resolve(STATE));
      Folders.force(draft);
      remove(target);
      Folders.publish(draft, target);
      prune(target);
      return target;
    } catch (IOException e) {
      throw unwritten(target, Folders.reason(e), e);
    } catch (UserException e) {
      String reason = e.getCause() instanceof IOException io ? Folders.reason(io) : e.getMessage();
      throw unwritten(target, reason, e);
    }
  }

  private UserException unwritten(Path target, String reason, Exception cause) {
    return new UserException(
        "cannot write checkpoint "
            + target
            + " ("
            + reason
            + "); make room, then pass --resume; "
            + newest().map(n -> "the checkpoint before it is whole: " + n).orElse("none before it"),
        cause);
  }

  /** A folder that is half deleted must not be taken for a checkpoint: it loses its name first. */
  private void remove(Path checkpoint) throws IOException {
    if (Files.exists(checkpoint)) {
      Path doomed = folder.resolve(UNFINISHED + "old-" + checkpoint.getFileName());
      Folders.delete(doomed);
      Folders.publish(checkpoint, doomed);
      Folders.delete(doomed);
    }
  }

  /** Folder of the newest checkpoint. */
  Optional<Path> newest() {
    try {
      List<Path> all = finished();
      return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void write(Path draft, ParameterStore store) throws IOException {
    Map<String, Value> weights = new LinkedHashMap<>();
    Map<String, Value> optimizer = new LinkedHashMap<>();
    store
        .entries()
        .forEach(
            (name, entry) ->
                (name.startsWith("optimizer.") ? optimizer : weights)
                    .put(name, Layouts.toDisk(entry.layout(), entry.value())));
    Safetensors.writeValues(draft.resolve(WEIGHTS), weights, Map.of("format", "pt"));
    Safetensors.writeValues(draft.resolve(OPTIMIZER), optimizer, Map.of("format", "pt"));
  }

  /**
   * The newest checkpoint.
   *
   * @return what it holds, empty if there is none
   * @throws UserException if the newest one cannot be read, naming the file
   */
  public Optional<Loaded> latest() {
    try {
      List<Path> all = finished();
      if (all.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(load(all.get(all.size() - 1)));
    } catch (IOException e) {
      throw new UserException(
          "cannot read the checkpoints in " + folder + " (" + Folders.reason(e) + ")", e);
    }
  }

  private static Loaded load(Path path) throws IOException {
    State state = state(path);
    Map<String, Layout> layouts = new LinkedHashMap<>();
    state.layouts().forEach((name, layout) -> layouts.put(name, layout(path, name, layout)));
    ParameterStore store = new ParameterStore();
    for (String file : List.of(WEIGHTS, OPTIMIZER)) {
      for (Map.Entry<String, Value> entry : Safetensors.read(path.resolve(file)).entrySet()) {
        String name = entry.getKey();
        Layout layout = layouts.getOrDefault(name, Layout.PLAIN);
        store.put(name, new ParameterStore.Entry(graph(path, name, layout, entry), layout));
      }
    }
    for (String name : layouts.keySet()) {
      if (!store.has(name)) {
        throw unsound(path, "has a layout for '" + name + "', which is no weight");
      }
    }
    return new Loaded(
        path, store, new PhaseState(state.phase(), state.step(), state.history(), state.earlier()));
  }

  private static State state(Path path) throws IOException {
    Path file = path.resolve(STATE);
    try {
      State state = JsonRecord.read(file, FORMAT, State.class);
      if (!name(state.phase(), state.step()).equals(path.getFileName().toString())) {
        throw unsound(
            path,
            "stands at phase "
                + state.phase()
                + ", step "
                + state.step()
                + ", which is not what the folder's name says");
      }
      return state;
    } catch (IOException e) {
      throw new IOException(file + ": " + Folders.reason(e) + "; " + remedy(path), e);
    }
  }

  private static Layout layout(Path path, String name, String layout) {
    return Arrays.stream(Layout.values())
        .filter(known -> known.name().equals(layout))
        .findFirst()
        .orElseThrow(
            () ->
                unsound(
                    path,
                    "has the layout '"
                        + layout
                        + "' for '"
                        + name
                        + "', which this version does not know"));
  }

  private static Value graph(
      Path path, String name, Layout layout, Map.Entry<String, Value> entry) {
    try {
      return Layouts.toGraph(layout, entry.getValue());
    } catch (IllegalArgumentException e) {
      throw unsound(path, "has a wrong layout for '" + name + "' (" + e.getMessage() + ")");
    }
  }

  private static UserException unsound(Path path, String what) {
    return new UserException(path.resolve(STATE) + ": " + what + "; " + remedy(path));
  }

  private static String remedy(Path path) {
    return "delete " + path + " to go on from the checkpoint before it";
  }

  private static String name(long phase, long step) {
    return String.format(Locale.ROOT, "phase-%02d-step-%09d", phase, step);
  }

  private List<Path> finished() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(p -> p.getFileName().toString().startsWith("phase-")).sorted().toList();
    }
  }

  private void prune(Path newest) throws IOException {
    List<Path> all = finished();
    int at = all.indexOf(newest);
    for (int i = 0; i < all.size(); i++) {
      if (i <= at - KEPT || i > at) {
        remove(all.get(i));
      }
    }
    try (Stream<Path> entries = Files.list(folder)) {
      // what a process left that was killed while it wrote
      for (Path left :
          entries.filter(p -> p.getFileName().toString().startsWith(UNFINISHED)).toList()) {
        Folders.delete(left);
      }
    }
  }
}
