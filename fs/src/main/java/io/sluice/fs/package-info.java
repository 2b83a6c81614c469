/**
 * A bucket as a tree of files: inodes, directory listings, open handles. Free of any FUSE type; the
 * rules are in SEMANTICS.md. {@link io.sluice.fs.BucketFileSystem} is the door.
 */
@NullMarked
package io.sluice.fs;

import org.jspecify.annotations.NullMarked;
