/** S3, and what speaks its protocol, behind {@link io.sluice.store.ObjectStore}. */
@NullMarked
package io.sluice.store.s3;

import org.jspecify.annotations.NullMarked;
