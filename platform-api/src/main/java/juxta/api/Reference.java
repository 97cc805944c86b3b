package juxta.api;

import org.apiguardian.api.API;

/**
 * A publication.
 *
 * @param authors the authors, as cited
 * @param title the title
 * @param year the year of publication
 * @param url where it can be read
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Reference(String authors, String title, int year, String url) {}
