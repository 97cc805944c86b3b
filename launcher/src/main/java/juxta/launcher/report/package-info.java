/** Tables and files that compare runs. */
package juxta.launcher.report;
