package io.sluice.cache.profile;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Follows readers through a profile and says what they will want next; pure, no I/O. For one thread
 * at a time.
 *
 * <p>Readers do not repeat themselves exactly. Their place is the entry of their last read that was
 * new; an entry somewhat before it that nobody has read yet is still wanted, because threads run at
 * different speeds; a read that the profile does not know changes nothing. Who jumps is followed,
 * and who comes back too.
 *
 * <pre>{@code
 * profile of a:   0..16 of a   0..8 of b   16..32 of a
 * next(20)        a: 0..16     b: 0..4                      nobody has read anything yet
 * read(a, 0, 4)   the reader is in the first entry
 * next(20)        a: 4..16     b: 0..8                      20 bytes from there on
 * }</pre>
 */
public final class ProfileReplay {
  /** A read so near to an entry is taken for one of it, in bytes: loaders vary their pieces. */
  static final long NEAR = 4 << 20;

  /** This part of a window looks back. */
  private static final int BACK = 4;

  private final List<ProfileEntry> entries;

  /** What was read of each entry. */
  private final ReadParts[] parts;

  /** Entries of each object. */
  private final Map<String, List<Integer>> ofKey = new HashMap<>();

  /** And by their starts. */
  private final Map<String, NavigableMap<Long, Integer>> byKey = new HashMap<>();

  /** Entries of objects that are known to be what they were: there may be many others. */
  private final BitSet current = new BitSet();

  /** The entry of the last read that was new. */
  private int place;

  /** Begins at the start of a profile. */
  public ProfileReplay(AccessProfile profile) {
    entries = profile.entries();
    parts = new ReadParts[entries.size()];
    for (int i = 0; i < parts.length; i++) {
      ProfileEntry entry = entries.get(i);
      parts[i] = new ReadParts(entry.range());
      ofKey.computeIfAbsent(entry.version().key(), _ -> new ArrayList<>()).add(i);
      byKey
          .computeIfAbsent(entry.version().key(), _ -> new TreeMap<>())
          .putIfAbsent(entry.range().start(), i);
    }
  }

  /**
   * What an object is now. Nothing is wished of an object before that is known, nor where it is
   * another version than the one that was recorded: nothing is known of how that is read.
   */
  public void isNow(ObjectVersion version) {
    for (int index : ofKey.getOrDefault(version.key(), List.of()))
      current.set(index, entries.get(index).version().equals(version));
  }

  /** An object is not there (any more): nothing is wished of it. */
  public void isGone(String key) {
    ofKey.getOrDefault(key, List.of()).forEach(current::clear);
  }

  /** A reader read at {@code offset}, for {@code length} bytes. */
  public void read(String key, long offset, long length) {
    Optional<Integer> match = entryNear(key, offset);
    if (match.isEmpty()) return;
    int index = match.get();
    ByteRange range = parts[index].range();
    long end = offset + Math.min(length, Long.MAX_VALUE - offset);
    boolean isBeside = offset >= range.end() || end <= range.start();
    if (isBeside ? !parts[index].isComplete() : parts[index].add(offset, end)) place = index;
  }

  /**
   * What to fetch next.
   *
   * @param windowBytes how many bytes of the profile, from the readers' place on; what was left out
   *     in a quarter as many before it comes first. Entries have up to 16 MiB, and within one the
   *     order is lost: less than 32 MiB is guessing.
   * @return objects in the order in which they will be wanted first; empty at the end. Takes time
   *     in proportion to the entries within the window.
   */
  public List<Planned> next(long windowBytes) {
    SequencedMap<ObjectVersion, List<ByteRange>> wishes = new LinkedHashMap<>();
    for (int index = back(windowBytes / BACK); index < place; index++)
      wish(index, Long.MAX_VALUE, wishes);
    long left = windowBytes;
    // What is not current takes no room in the window.
    for (int index = current.nextSetBit(place);
        index >= 0 && left > 0;
        index = current.nextSetBit(index + 1)) {
      long wished = wish(index, left, wishes);
      left -= index == place ? wished : parts[index].range().length();
    }
    return wishes.entrySet().stream()
        .map(wish -> new Planned(wish.getKey(), wish.getValue()))
        .toList();
  }

  /** The first entry that begins no more than so many bytes of the profile before the place. */
  private int back(long bytes) {
    int index = place;
    long left = bytes;
    while (index > 0 && parts[index - 1].range().length() <= left) {
      index--;
      left -= parts[index].range().length();
    }
    return index;
  }

  /** Wishes for what nobody has read of an entry, {@code most} bytes of it; how many these are. */
  private long wish(int index, long most, SequencedMap<ObjectVersion, List<ByteRange>> wishes) {
    if (!current.get(index)) return 0;
    long wished = 0;
    for (ByteRange unread : parts[index].unread()) {
      if (wished == most) break;
      long length = Math.min(unread.length(), most - wished);
      add(
          new ByteRange(unread.start(), unread.start() + length),
          wishes.computeIfAbsent(entries.get(index).version(), _ -> new ArrayList<>()));
      wished += length;
    }
    return wished;
  }

  private static void add(ByteRange range, List<ByteRange> ranges) {
    boolean goesOn = !ranges.isEmpty() && ranges.getLast().end() == range.start();
    ranges.add(goesOn ? new ByteRange(ranges.removeLast().start(), range.end()) : range);
  }

  private Optional<Integer> entryNear(String key, long offset) {
    NavigableMap<Long, Integer> starts = byKey.get(key);
    if (starts == null) return Optional.empty();
    Map.Entry<Long, Integer> before = starts.floorEntry(offset);
    Map.Entry<Long, Integer> after = starts.higherEntry(offset);
    long pastBefore =
        before == null
            ? Long.MAX_VALUE
            : Math.max(0, offset - entries.get(before.getValue()).range().end() + 1);
    long toAfter = after == null ? Long.MAX_VALUE : after.getKey() - offset;
    if (before != null && pastBefore <= toAfter && pastBefore <= NEAR)
      return Optional.of(before.getValue());
    if (after != null && toAfter <= NEAR) return Optional.of(after.getValue());
    return Optional.empty();
  }
}
