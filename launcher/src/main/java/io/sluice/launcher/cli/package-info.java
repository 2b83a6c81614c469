/** What all commands share: the process and its surroundings, exit codes, words and lines. */
@NullMarked
package io.sluice.launcher.cli;

import org.jspecify.annotations.NullMarked;
