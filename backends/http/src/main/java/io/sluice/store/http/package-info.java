/** The HTTP client that stores have in common. */
@NullMarked
package io.sluice.store.http;

import org.jspecify.annotations.NullMarked;
