package juxta.api;

import org.apiguardian.api.API;

/**
 * A class that masks tell apart.
 *
 * @param name its name
 * @param colour how pictures show it, 0xRRGGBB
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record MaskClass(String name, int colour) {}
