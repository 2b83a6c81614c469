/**
 * In which order objects were read once, so that they can be fetched in that order before they are
 * read again: {@link io.sluice.cache.profile.ProfileRecorder} writes it down, {@link
 * io.sluice.cache.profile.AccessProfile} reads it, {@link io.sluice.cache.profile.ProfileReplay}
 * says what it means for readers who are at it again.
 */
@NullMarked
package io.sluice.cache.profile;

import org.jspecify.annotations.NullMarked;
