package juxta.api;

/**
 * A publication.
 *
 * @param authors the authors, as cited
 * @param title the title
 * @param year the year of publication
 * @param url where it can be read
 */
public record Reference(String authors, String title, int year, String url) {}
