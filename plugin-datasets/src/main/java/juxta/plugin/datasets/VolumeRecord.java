package juxta.plugin.datasets;

import java.util.function.Supplier;
import juxta.toolkit.volume.Grid;

/**
 * One scan of a split.
 *
 * @param id its name
 * @param labelled whether its classes may be seen
 * @param grid its voxels
 * @param scan gives it; safe to call from several threads
 */
record VolumeRecord(String id, boolean labelled, Grid grid, Supplier<LabelledScan> scan) {}
