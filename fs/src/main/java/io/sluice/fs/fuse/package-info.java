/**
 * The first transport: the kernel's calls over libfuse 2 (jnr-ffi, with the structures of jnr-fuse)
 * become calls of {@link io.sluice.fs}. {@link io.sluice.fs.fuse.FuseMount} is the door.
 */
@NullMarked
package io.sluice.fs.fuse;

import org.jspecify.annotations.NullMarked;
