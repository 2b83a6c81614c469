/** The commands that move and manage objects, one by one and many at once. */
@NullMarked
package io.sluice.launcher.objects;

import org.jspecify.annotations.NullMarked;
