/**
 * The program: its commands, and how what a user says becomes one of them. The process as a whole
 * (arguments, variables, exit codes, signals) is in {@code cli}, the bucket that a command is about
 * in {@code bucket}; each command, or family of commands, has a package of its own beside them.
 */
@NullMarked
package io.sluice.launcher;

import org.jspecify.annotations.NullMarked;
