/** The command line: what each word does, and what a person sees. */
package juxta.launcher.cli;
