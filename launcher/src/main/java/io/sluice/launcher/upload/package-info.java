/** {@code sluice upload}: files that go up over more than one life of the program. */
@NullMarked
package io.sluice.launcher.upload;

import org.jspecify.annotations.NullMarked;
