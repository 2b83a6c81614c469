/** Cloud Storage against an emulator of it, and against a server that misbehaves as scripted. */
@NullMarked
package io.sluice.store.gcs;

import org.jspecify.annotations.NullMarked;
