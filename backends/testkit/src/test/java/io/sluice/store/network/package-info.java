/** What stands between us and a store. */
@NullMarked
package io.sluice.store.network;

import org.jspecify.annotations.NullMarked;
