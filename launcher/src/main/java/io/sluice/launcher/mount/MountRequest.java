package io.sluice.launcher.mount;

import io.sluice.cache.CacheSettings;
import io.sluice.fs.FsSettings;
import io.sluice.fs.fuse.MountOptions;
import io.sluice.launcher.bucket.BucketSource;
import java.nio.file.Path;

/**
 * All that a mount takes: options checked and turned into settings, nothing asked or opened yet.
 */
record MountRequest(
    BucketSource bucket,
    Path mountPoint,
    CacheSettings cache,
    FsSettings files,
    MountOptions kernel,
    LoadProfile profile) {}
