/** Tests of the commands: tables of the pure parts, the program in process, and as a process. */
@NullMarked
package io.sluice.launcher.bucket;

import org.jspecify.annotations.NullMarked;
