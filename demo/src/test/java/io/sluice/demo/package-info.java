/** Tests of the demo: its model, and itself as a process. */
@NullMarked
package io.sluice.demo;

import org.jspecify.annotations.NullMarked;
