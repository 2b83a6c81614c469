/**
 * The jnr-fuse transport: the kernel's calls over libfuse 2 become calls of {@link io.sluice.fs}.
 */
@NullMarked
package io.sluice.fs.fuse;

import org.jspecify.annotations.NullMarked;
