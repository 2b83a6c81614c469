/**
 * The commands: what a user says becomes settings, one object graph and an exit code. The only
 * place that reads environment variables and system properties.
 */
@NullMarked
package io.sluice.launcher;

import org.jspecify.annotations.NullMarked;
