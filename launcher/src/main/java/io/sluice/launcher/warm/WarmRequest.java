package io.sluice.launcher.warm;

import io.sluice.cache.CacheSettings;
import io.sluice.cache.profile.AccessProfile;
import io.sluice.launcher.bucket.BucketSource;
import java.util.Optional;

/**
 * All that a warming takes: options checked, nothing asked or opened yet.
 *
 * @param isCheck whether to look at what is there, and to fetch nothing
 * @param isQuiet whether to tell only of what is not as it should be
 * @param profile of what is selected these parts only, where they are as recorded
 */
record WarmRequest(
    BucketSource bucket,
    CacheSettings cache,
    Selection selection,
    boolean isCheck,
    boolean isQuiet,
    Optional<AccessProfile> profile) {}
