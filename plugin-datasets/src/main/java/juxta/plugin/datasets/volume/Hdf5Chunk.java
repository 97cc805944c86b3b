package juxta.plugin.datasets.volume;

/**
 * Where a chunk of a data set lies.
 *
 * @param address of its first byte
 * @param bytes as it is stored
 * @param skipped a bit for each filter that it did not go through
 */
record Hdf5Chunk(long address, long bytes, int skipped) {}
