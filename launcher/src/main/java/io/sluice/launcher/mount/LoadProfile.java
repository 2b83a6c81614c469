package io.sluice.launcher.mount;

import io.sluice.cache.profile.AccessProfile;
import io.sluice.cache.profile.ProfileRecorder;
import java.util.Optional;

/**
 * In which order a mount's files are read.
 *
 * @param recorder writes it down; has not touched its file yet
 * @param followed of an earlier load, to be fetched ahead of this one
 */
record LoadProfile(Optional<ProfileRecorder> recorder, Optional<AccessProfile> followed) {}
