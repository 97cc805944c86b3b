/** Vocabularies in files. */
package juxta.plugin.claires.text;
