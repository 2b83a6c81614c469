/**
 * {@code mount}, {@code umount} and {@code stats}: a mount's life, and what it tells of its work.
 */
@NullMarked
package io.sluice.launcher.mount;

import org.jspecify.annotations.NullMarked;
