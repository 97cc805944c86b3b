/** Text for terminals, logs and shells. */
package juxta.toolkit.text;
