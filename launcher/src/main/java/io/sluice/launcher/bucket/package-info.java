/** Which bucket, where it is and as whom we come: options, addresses, and the open connection. */
@NullMarked
package io.sluice.launcher.bucket;

import org.jspecify.annotations.NullMarked;
