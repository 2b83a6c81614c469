package io.sluice.upload;

import io.sluice.store.Part;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What earlier lives of an upload have sent: which parts of it still count, where the file may be
 * another by now and the store may have lost some. What it finds it writes down. For one thread.
 */
final class SentBefore {
  private final StateFile state;
  private final SourceFile file;
  private final UploadListener listener;

  SentBefore(StateFile state, SourceFile file, UploadListener listener) {
    this.state = state;
    this.file = file;
    this.listener = listener;
  }

  /**
   * Counts what was sent, where the store has it and the file is what it was; and what the store
   * has without our knowing, where it is of this file.
   *
   * @param listed what the store has; absent where it may not be asked
   */
  void settle(Optional<List<Part>> listed) throws IOException {
    UploadState before = state.state();
    Map<Integer, SentPart> parts = new TreeMap<>(before.parts());
    if (listed.isPresent()) parts.values().removeIf(part -> !listed.get().contains(part.part()));
    int lost = before.parts().size() - parts.size();
    if (lost > 0)
      listener.warn("%d parts are not at the store as they were sent: again".formatted(lost));
    Map<Integer, SentPart> kept = adopt(parts);
    var check = new FileCheck(file, before.head().plan(), listener);
    for (Part part : listed.orElse(List.of())) {
      if (kept.containsKey(part.number()) || part.number() > before.head().plan().parts()) continue;
      Optional<SentPart> known = check.known(part);
      if (known.isPresent()) state.sent(known.get());
    }
  }

  /** Takes all that is written down for sent, as far as the file is what it was. */
  void adopt() throws IOException {
    Map<Integer, SentPart> _ = adopt(state.state().parts());
  }

  /** Takes these parts for sent, after a look at the file where that is not what it was. */
  private Map<Integer, SentPart> adopt(Map<Integer, SentPart> parts) throws IOException {
    UploadState before = state.state();
    UploadHead head = before.head();
    boolean isSame = head.identity().equals(Optional.of(file.identity()));
    Map<Integer, SentPart> kept = parts;
    if (!isSame && !parts.isEmpty()) {
      listener.warn(
          "%s %s: compared with the %d parts that were sent"
              .formatted(
                  file.path(),
                  head.identity().isPresent()
                      ? "has another time or inode than it had"
                      : "was not described by whoever began",
                  parts.size()));
      kept = new FileCheck(file, head.plan(), listener).kept(parts.values());
      if (kept.size() < parts.size())
        listener.warn(
            "of %d parts it cannot be told what they are: they are sent again"
                .formatted(parts.size() - kept.size()));
    }
    if (head.identity().isEmpty())
      listener.say("%s is written anew, in this program's form".formatted(state.path()));
    boolean isMoved = !head.file().equals(file.path());
    if (!isSame || isMoved || !kept.equals(before.parts()))
      state.replace(before.with(head.of(file.path(), file.identity())).with(kept));
    return kept;
  }
}
