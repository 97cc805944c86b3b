package juxta.toolkit.io;

import java.util.List;

/** A tuple while a pickle is read. */
record PickleTuple(List<Object> values) {}
