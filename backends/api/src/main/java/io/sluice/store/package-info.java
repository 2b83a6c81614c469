/**
 * The object store as Sluice sees it: one small interface ({@link io.sluice.store.ObjectStore}),
 * its values and its errors. Nothing here knows S3 or GCS.
 */
@NullMarked
package io.sluice.store;

import org.jspecify.annotations.NullMarked;
