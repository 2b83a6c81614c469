/** What real programs read, recorded. */
@NullMarked
package io.sluice.cache.trace;

import org.jspecify.annotations.NullMarked;
