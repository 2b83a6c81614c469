@NullMarked
package io.sluice.launcher.upload;

import org.jspecify.annotations.NullMarked;
