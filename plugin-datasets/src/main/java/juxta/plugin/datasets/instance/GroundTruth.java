package juxta.plugin.datasets.instance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import juxta.api.UserException;
import juxta.picture.PixelBox;
import juxta.plugin.datasets.pickle.Pickle;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.io.PlainData;
import juxta.toolkit.io.PlainJson;
import juxta.toolkit.io.StoredTensor;

/**
 * Ground truth in the form of the revisited Oxford and Paris benchmarks: {@code imlist}, {@code
 * qimlist}, and for each query {@code gnd} with lists of indices into {@code imlist} and perhaps a
 * box {@code bbx}. As the published pickles, of which nothing is executed, or as JSON.
 *
 * @param images names of the database's images
 * @param queries names of the queries' images
 * @param boxes the part of each query's image that counts
 * @param lists indices of each query by list: easy, hard, junk; or ok, junk
 */
record GroundTruth(
    List<String> images,
    List<String> queries,
    List<Optional<PixelBox>> boxes,
    Map<String, List<int[]>> lists) {
  /** Of seventy queries among a million images. */
  private static final long MOST_INDICES = 100_000_000;

  static GroundTruth read(Path file) {
    boolean json = DataFolder.name(file).toLowerCase(Locale.ROOT).endsWith(".json");
    return new Parser(file, new IdentityHashMap<>())
        .parse(json ? PlainJson.read(file) : Pickle.read(file));
  }

  /**
   * Knows which file to complain of, and the lists that were read: a pickle may name one for many
   * queries.
   */
  private record Parser(Path file, Map<PlainData, int[]> known) {
    GroundTruth parse(PlainData data) {
      Map<String, PlainData> all = mapping(data, "the file");
      List<String> images = names(all, "imlist");
      List<String> queries = names(all, "qimlist");
      List<PlainData> gnd = sequence(field(all, "gnd", ""), "gnd");
      if (images.isEmpty() || queries.isEmpty() || gnd.size() != queries.size()) {
        throw bad(
            "%d images and %d queries with %d lists"
                .formatted(images.size(), queries.size(), gnd.size()));
      }
      boolean revisited = mapping(gnd.get(0), "gnd[0]").containsKey("easy");
      Map<String, List<int[]>> lists = new LinkedHashMap<>();
      (revisited ? List.of("easy", "hard", "junk") : List.of("ok", "junk"))
          .forEach(name -> lists.put(name, new ArrayList<>()));
      List<Optional<PixelBox>> boxes = new ArrayList<>();
      long[] total = {0};
      for (int query = 0; query < gnd.size(); query++) {
        String at = "gnd[" + query + "]";
        Map<String, PlainData> own = mapping(gnd.get(query), at);
        for (Map.Entry<String, List<int[]>> list : lists.entrySet()) {
          boolean optional = list.getKey().equals("junk") && !own.containsKey("junk");
          int[] found =
              optional
                  ? new int[0]
                  : indices(field(own, list.getKey(), at), at + "." + list.getKey(), images.size());
          list.getValue().add(found);
        }
        if (!revisited && own.containsKey("good")) { // "good" images are positives, too
          List<int[]> ok = lists.get("ok");
          ok.set(
              query, joined(indices(own.get("good"), at + ".good", images.size()), ok.get(query)));
        }
        lists.values().forEach(list -> total[0] += list.get(list.size() - 1).length);
        if (total[0] > MOST_INDICES) {
          throw bad(at + " makes it more than " + MOST_INDICES + " images in all lists");
        }
        boxes.add(Optional.ofNullable(own.get("bbx")).map(box -> box(box, at + ".bbx")));
      }
      return new GroundTruth(images, queries, List.copyOf(boxes), lists);
    }

    private static int[] joined(int[] a, int[] b) {
      return java.util.stream.IntStream.concat(
              java.util.Arrays.stream(a), java.util.Arrays.stream(b))
          .toArray();
    }

    private PlainData field(Map<String, PlainData> of, String name, String at) {
      PlainData value = of.get(name);
      if (value == null) {
        throw bad((at.isEmpty() ? "the file" : at) + " has no '" + name + "'");
      }
      return value;
    }

    private List<String> names(Map<String, PlainData> all, String key) {
      List<String> names = new ArrayList<>();
      for (PlainData name : sequence(field(all, key, ""), key)) {
        if (!(name instanceof PlainData.Text text)) {
          throw bad(key + " holds " + name.kind() + " where a name belongs");
        }
        names.add(text.value());
      }
      return List.copyOf(names);
    }

    private int[] indices(PlainData data, String at, int size) {
      int[] before = known.get(data);
      if (before != null) {
        return before;
      }
      int[] indices = made(data, at, size);
      known.put(data, indices);
      return indices;
    }

    private int[] made(PlainData data, String at, int size) {
      double[] numbers = numbers(data, at);
      int[] indices = new int[numbers.length];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = (int) numbers[i];
        if (indices[i] != numbers[i] || indices[i] < 0 || indices[i] >= size) {
          throw bad(at + " names image " + numbers[i] + " of " + size);
        }
      }
      return indices;
    }

    /** Rounded to whole pixels, as Pillow does when it crops. */
    private PixelBox box(PlainData data, String at) {
      double[] corners = numbers(data, at);
      if (corners.length != 4) {
        throw bad(at + " has " + corners.length + " numbers where left, top, right, bottom belong");
      }
      int[] pixels = new int[4];
      for (int i = 0; i < 4; i++) {
        if (!(Math.abs(corners[i]) < 1e6)) {
          throw bad(at + " has a corner at " + corners[i]);
        }
        pixels[i] = (int) Math.rint(corners[i]);
      }
      try {
        return new PixelBox(pixels[0], pixels[1], pixels[2], pixels[3]);
      } catch (IllegalArgumentException e) {
        throw bad(at + ": " + e.getMessage());
      }
    }

    private double[] numbers(PlainData data, String at) {
      if (data instanceof PlainData.Numbers array) {
        return elements(array.tensor());
      }
      List<PlainData> values = sequence(data, at);
      double[] numbers = new double[values.size()];
      for (int i = 0; i < numbers.length; i++) {
        if (values.get(i) instanceof PlainData.Whole whole) {
          numbers[i] = whole.value();
        } else if (values.get(i) instanceof PlainData.Real real) {
          numbers[i] = real.value();
        } else {
          throw bad(at + " holds " + values.get(i).kind() + " where a number belongs");
        }
      }
      return numbers;
    }

    private double[] elements(StoredTensor array) {
      int size = array.data().remaining() / array.dtype().bytes();
      double[] numbers = new double[size];
      var data = array.data();
      for (int i = 0; i < size; i++) {
        numbers[i] =
            switch (array.dtype()) {
              case F64 -> data.getDouble();
              case F32 -> data.getFloat();
              case I64 -> data.getLong();
              case I32 -> data.getInt();
              case U8 -> data.get() & 0xFF;
              case F16, BF16 -> throw bad("an array of half precision");
            };
      }
      return numbers;
    }

    private Map<String, PlainData> mapping(PlainData data, String at) {
      if (data instanceof PlainData.Mapping mapping) {
        return mapping.values();
      }
      throw bad(at + " is " + data.kind() + " where a dictionary belongs");
    }

    private List<PlainData> sequence(PlainData data, String at) {
      if (data instanceof PlainData.Sequence sequence) {
        return sequence.values();
      }
      throw bad(at + " is " + data.kind() + " where a list belongs");
    }

    private UserException bad(String what) {
      return new UserException(
          file
              + ": is no ground truth of the revisited form ("
              + what
              + "); name the file gnd_*.pkl or its JSON form");
    }
  }
}
