/** Uploads of files that can go on after anything: what was sent is on disk before it counts. */
@NullMarked
package io.sluice.upload;

import org.jspecify.annotations.NullMarked;
