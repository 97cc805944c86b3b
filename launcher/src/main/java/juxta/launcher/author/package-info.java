/** Projects of plug-in authors, made from the examples. */
package juxta.launcher.author;
