/** What every store has to pass, and the fakes and fault injectors that all tests share. */
@NullMarked
package io.sluice.store.testkit;

import org.jspecify.annotations.NullMarked;
