/** SPPS: pairs of different images with the same content are mined once, then trained on. */
package juxta.plugin.spps;
