/** What a reader makes of data: a summary, and a sheet of records beside their views. */
package juxta.launcher.preview;
