@NullMarked
package io.sluice.upload;

import org.jspecify.annotations.NullMarked;
