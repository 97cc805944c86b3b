package juxta.launcher.preview;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What texts of a field are like.
 *
 * @param field the field
 * @param words words a text
 * @param distinct how many different ones
 * @param empty how many have nothing but blanks
 */
public record Texts(
    String field, Spread words, @JsonProperty("different") int distinct, int empty) {}
