package juxta.plugin.datasets.pickle;

import java.util.List;

/** A tuple while a pickle is read. */
record PickleTuple(List<Object> values) {}
