/** Tests of the file system. */
@NullMarked
package io.sluice.fs;

import org.jspecify.annotations.NullMarked;
