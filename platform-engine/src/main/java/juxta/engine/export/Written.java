package juxta.engine.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an exporter did.
 *
 * @param files the files that were written
 * @param functions how to call each function that is in them, by name
 * @param leftOut why functions are not in them, by name
 */
public record Written(
    List<Path> files, Map<String, ExportedFunction> functions, Map<String, String> leftOut) {}
