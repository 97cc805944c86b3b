/** Text on the host: words, vocabularies and token ids. */
package juxta.text;
