/**
 * Pictures on the host: decoded, resized as Pillow does, cut, drawn on, written as PNG; and the
 * files of data sets that hold them, opened by a listing, kept in memory or packed.
 *
 * <p>A reader of picture files needs little more than {@link juxta.toolkit.picture.ImageFiles}; one
 * of another format decodes and resizes with {@link juxta.toolkit.picture.PictureFiles} and {@link
 * juxta.picture.Picture}, and makes its splits of {@link juxta.toolkit.data.Column}s.
 *
 * <p>The tests of {@code platform-testkit} hold two whole readers of made-up formats, each of some
 * forty lines, to copy from: {@code juxta.testkit.Album}, files that a list names, and {@code
 * juxta.testkit.Filmstrip}, pictures in one file. {@code PluginContract.data} tests such a reader.
 *
 * <p>{@link juxta.toolkit.picture.Canvas} is for pictures that are looked at.
 */
package juxta.toolkit.picture;
