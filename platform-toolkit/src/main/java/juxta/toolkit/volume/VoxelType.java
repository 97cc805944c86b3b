package juxta.toolkit.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of numbers that scans are stored as, with their names in the file formats. */
enum VoxelType {
  UINT8(1, 2, "uchar", "unsigned char", "uint8", "uint8_t"),
  INT8(1, 256, "signed char", "int8", "int8_t"),
  INT16(2, 4, "short", "short int", "signed short", "signed short int", "int16", "int16_t"),
  UINT16(2, 512, "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"),
  INT32(4, 8, "int", "signed int", "int32", "int32_t"),
  UINT32(4, 768, "uint", "unsigned int", "uint32", "uint32_t"),
  INT64(
      8,
      1024,
      "longlong",
      "long long",
      "long long int",
      "signed long long",
      "signed long long int",
      "int64",
      "int64_t"),
  UINT64(
      8, 1280, "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"),
  FLOAT32(4, 16, "float"),
  FLOAT64(8, 64, "double");

  private final int bytes;
  private final int niftiCode;
  private final List<String> nrrdNames;

  VoxelType(int bytes, int niftiCode, String... nrrdNames) {
    this.bytes = bytes;
    this.niftiCode = niftiCode;
    this.nrrdNames = List.of(nrrdNames);
  }

  int bytes() {
    return bytes;
  }

  int niftiCode() {
    return niftiCode;
  }

  List<String> nrrdNames() {
    return nrrdNames;
  }

  static Optional<VoxelType> ofNifti(int code) {
    return Arrays.stream(values()).filter(type -> type.niftiCode == code).findFirst();
  }

  static Optional<VoxelType> ofNrrd(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replaceAll(" +", " ");
    return Arrays.stream(values()).filter(type -> type.nrrdNames.contains(plain)).findFirst();
  }

  /** The number that starts at a byte; of the buffer's byte order. */
  double read(ByteBuffer from, int at) {
    return switch (this) {
      case UINT8 -> from.get(at) & 0xFF;
      case INT8 -> from.get(at);
      case INT16 -> from.getShort(at);
      case UINT16 -> from.getShort(at) & 0xFFFF;
      case INT32 -> from.getInt(at);
      case UINT32 -> from.getInt(at) & 0xFFFFFFFFL;
      case INT64 -> from.getLong(at);
      case UINT64 -> unsigned(from.getLong(at));
      case FLOAT32 -> from.getFloat(at);
      case FLOAT64 -> from.getDouble(at);
    };
  }

  /** Halved, its last bit kept for rounding, where a signed number would be negative. */
  private static double unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }
}
