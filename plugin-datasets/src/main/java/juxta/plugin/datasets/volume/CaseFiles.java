package juxta.plugin.datasets.volume;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One scan of a folder and where its parts lie.
 *
 * @param id its name in the lists
 * @param image the file with the scan
 * @param label the file with a class a voxel, the same one for HDF5; none where nobody drew one
 */
record CaseFiles(String id, Path image, Optional<Path> label) {}
