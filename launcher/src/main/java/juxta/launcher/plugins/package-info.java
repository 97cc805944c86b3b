/**
 * Loading of plug-ins: every jar or folder under {@code plugins} becomes a module layer of its own,
 * its services are found and checked, and whatever cannot be used is reported in one line while
 * everything else keeps working. {@link juxta.launcher.plugins.PluginRegistry} is the way in.
 */
package juxta.launcher.plugins;
