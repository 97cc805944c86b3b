package juxta.fuzz;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files of arrays, scans and weights. */
final class Numbers {
  private static final int NIFTI_HEADER = 352;

  private Numbers() {}

  static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A scan of 5 x 4 x 3 voxels; code and bits of its type. */
  static byte[] nifti(int code, int bits, ByteOrder order, byte[] voxels) {
    ByteBuffer head = ByteBuffer.allocate(NIFTI_HEADER).order(order);
    head.putInt(0, 348);
    short[] dim = {3, 5, 4, 3, 1, 1, 1, 1};
    for (int i = 0; i < dim.length; i++) {
      head.putShort(40 + 2 * i, dim[i]);
    }
    head.putShort(70, (short) code);
    head.putShort(72, (short) bits);
    float[] pixdim = {1, 1, 1, 2, 0, 0, 0, 0};
    for (int i = 0; i < pixdim.length; i++) {
      head.putFloat(76 + 4 * i, pixdim[i]);
    }
    head.putFloat(108, NIFTI_HEADER);
    head.putFloat(112, 1);
    head.put(123, (byte) 2);
    head.putShort(252, (short) 1);
    head.putShort(254, (short) 1);
    float[] rows = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0};
    for (int i = 0; i < rows.length; i++) {
      head.putFloat(280 + 4 * i, rows[i]);
    }
    head.position(344);
    head.put(text("n+1\0"));
    return join(head.array(), voxels);
  }

  static List<byte[]> niftis() {
    return List.of(
        nifti(2, 8, ByteOrder.LITTLE_ENDIAN, random(60)),
        nifti(4, 16, ByteOrder.LITTLE_ENDIAN, random(120)),
        nifti(4, 16, ByteOrder.BIG_ENDIAN, random(120)),
        nifti(16, 32, ByteOrder.LITTLE_ENDIAN, new byte[240]),
        nifti(64, 64, ByteOrder.BIG_ENDIAN, new byte[480]));
  }

  static List<byte[]> nrrds() {
    String head = "NRRD0004\n# made\ntype: %s\ndimension: 3\nsizes: 5 4 3\n%sencoding: %s\n%s\n";
    String space =
        "space: left-posterior-superior\nspace directions: (1,0,0) (0,1,0) (0,0,2)\n"
            + "space origin: (0,0,0)\nspace units: \"mm\" \"mm\" \"mm\"\n";
    return List.of(
        join(text(format(head, "uint8", "", "raw", "")), random(60)),
        join(text(format(head, "short", space, "raw", "endian: little\n")), random(120)),
        join(
            text(format(head, "float", "spacings: 1 1 2\n", "raw", "endian: big\n")),
            new byte[240]),
        join(text(format(head, "short", space, "gzip", "endian: little\n")), gzip(random(120))),
        join(text(format(head, "uchar", "", "raw", "data file: voxels.raw\n"))));
  }

  private static String format(String head, Object... values) {
    return String.format(Locale.ROOT, head, values);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] npy(String type, String shape, byte[] data) {
    byte[] header =
        text("{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n");
    ByteBuffer start = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    start.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    start.putShort((short) header.length);
    return join(start.array(), header, data);
  }

  static List<byte[]> npys() {
    return List.of(
        npy("|u1", "3, 4, 5", random(60)),
        npy("<f4", "6,", new byte[24]),
        npy("<i8", "2, 2", random(32)),
        npy("|b1", "", new byte[1]),
        npy("<f8", "0, 3", new byte[0]));
  }

  static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** MedMNIST's arrays, one of which is another. */
  static byte[] medMnist(byte[] images) {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    for (String part : List.of("train", "val", "test")) {
      arrays.put(part + "_images.npy", npy("|u1", "4, 3, 2", random(24)));
      arrays.put(part + "_labels.npy", npy("|u1", "4, 1", new byte[] {0, 1, 0, 1}));
    }
    arrays.put("train_images.npy", images);
    return zip(arrays);
  }

  static byte[] safetensors(String header, byte[] data) {
    byte[] text = text(header);
    ByteBuffer size = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length);
    return join(size.array(), text, data);
  }

  static List<byte[]> safetensors() {
    return List.of(
        safetensors(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                + "\"b\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[24,32]}}",
            new byte[32]),
        safetensors("{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}", random(4)),
        safetensors("{}", new byte[0]));
  }

  /** Ways in which HDF5 stores numbers, as h5py wrote them: files with a data set 'image'. */
  static List<byte[]> storedByH5py() {
    return List.of(
            "array",
            "array-filters",
            "bitshuffle-blocks",
            "bitshuffle-plain",
            "compact",
            "growing-array",
            "growing-array-filters",
            "implicit",
            "lz4",
            "second-tree",
            "second-tree-filters",
            "single-filters",
            "skipped-both",
            "soft",
            "many-names",
            "named-type",
            "tree",
            "tree-filters",
            "tree-lzf")
        .stream()
        .map(name -> resource("/hdf5/" + name + ".h5"))
        .toList();
  }

  static byte[] resource(String name) {
    try (InputStream in = Numbers.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A scan and its mask. */
  static List<byte[]> hdf5() {
    List<byte[]> files = new ArrayList<>();
    float[][][] image = new float[5][4][3];
    byte[][][] label = new byte[5][4][3];
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 4; j++) {
        for (int k = 0; k < 3; k++) {
          image[i][j][k] = i + j - k;
          label[i][j][k] = (byte) (i > 2 ? 1 : 0);
        }
      }
    }
    try {
      Path file = Files.createTempFile("seed", ".h5");
      try (WritableHdfFile hdf = HdfFile.write(file)) {
        hdf.putDataset("image", image);
        hdf.putDataset("label", label);
      }
      files.add(Files.readAllBytes(file));
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Pictures, or labels, of MNIST's format. */
  static byte[] idx(int... sizes) {
    ByteBuffer head = ByteBuffer.allocate(4 + 4 * sizes.length);
    head.putInt(0x800 + sizes.length);
    int count = 1;
    for (int size : sizes) {
      head.putInt(size);
      count *= size;
    }
    return join(head.array(), sizes.length == 1 ? new byte[count] : random(count));
  }
}
