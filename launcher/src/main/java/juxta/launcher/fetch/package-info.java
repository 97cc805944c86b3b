/**
 * Brings the files of a plug-in here, from a file, a web address or Maven repositories, and runs
 * nothing of them.
 */
package juxta.launcher.fetch;
