/** The transport's tests: through the kernel where the name ends with IT. */
@NullMarked
package io.sluice.fs.fuse;

import org.jspecify.annotations.NullMarked;
