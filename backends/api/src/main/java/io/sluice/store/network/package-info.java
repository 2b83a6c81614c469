/** What stands between us and a store, whichever it is: proxies, and whom to trust. */
@NullMarked
package io.sluice.store.network;

import org.jspecify.annotations.NullMarked;
