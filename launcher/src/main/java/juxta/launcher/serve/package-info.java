/** The page and the interface over HTTP with which people search. */
package juxta.launcher.serve;
