/**
 * Scans of three dimensions on the host: their grids, their files, windows over them, what they are
 * scored by.
 */
package juxta.toolkit.volume;
