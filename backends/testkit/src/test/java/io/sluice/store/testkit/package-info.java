/** The fakes keep the contract that they help to test. */
@NullMarked
package io.sluice.store.testkit;

import org.jspecify.annotations.NullMarked;
