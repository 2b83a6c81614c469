/** {@code cache}, and the options of everything that has a data directory. */
@NullMarked
package io.sluice.launcher.cache;

import org.jspecify.annotations.NullMarked;
