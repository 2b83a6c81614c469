/** The store's decorators; here, because their fakes depend on the module that they test. */
@NullMarked
package io.sluice.store;

import org.jspecify.annotations.NullMarked;
