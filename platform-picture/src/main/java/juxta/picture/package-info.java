/**
 * Pictures on the host: {@link juxta.picture.PictureDecoder} makes pixels of a file's bytes, {@link
 * juxta.picture.Picture} resizes and cuts them as Pillow does, and {@link
 * juxta.picture.PictureForm} says how the image of a record is made of one.
 */
package juxta.picture;
