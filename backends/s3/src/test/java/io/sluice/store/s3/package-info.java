/** S3 against a real server, and against one that misbehaves as scripted. */
@NullMarked
package io.sluice.store.s3;

import org.jspecify.annotations.NullMarked;
