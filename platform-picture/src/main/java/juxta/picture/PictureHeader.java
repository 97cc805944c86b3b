package juxta.picture;

/**
 * What a picture's header says.
 *
 * @param size height and width as stored
 * @param orientation how the stored rows lie
 * @param deep whether it is grey of 16 bits
 */
public record PictureHeader(ImageSize size, Orientation orientation, boolean deep) {}
