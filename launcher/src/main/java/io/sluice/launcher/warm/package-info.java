/** {@code warm}: many objects into the cache, at once. */
@NullMarked
package io.sluice.launcher.warm;

import org.jspecify.annotations.NullMarked;
