@NullMarked
package io.sluice.launcher.objects;

import org.jspecify.annotations.NullMarked;
