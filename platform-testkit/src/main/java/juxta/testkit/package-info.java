/** Contract tests that any plug-in runs against itself. */
package juxta.testkit;
