package juxta.launcher.serve;

import java.util.function.BooleanSupplier;

/**
 * A request that has come whole.
 *
 * @param head what stands before the body
 * @param body its bytes, none for most
 * @param gone whether who asked has left in the meantime
 */
record Request(Head head, byte[] body, BooleanSupplier gone) {}
