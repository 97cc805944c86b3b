package juxta.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A reader and what it is fed.
 *
 * @param name its name on the command line
 * @param seeds sound inputs, inside their wrapping
 * @param wrapping makes what the reader gets of an input: packs it, or mends its checksums, so that
 *     damage reaches what lies below them; the identity where there is nothing of the kind
 * @param reader reads an input
 */
record Target(String name, List<byte[]> seeds, UnaryOperator<byte[]> wrapping, Reader reader) {
  /** A reader, reached as users reach it. */
  interface Reader {
    /**
     * Reads an input.
     *
     * @param folder an empty folder of its own
     * @param input the input
     * @throws Exception whatever it throws; a mistake of a user is the only right one
     */
    void read(Path folder, byte[] input) throws Exception;
  }
}
