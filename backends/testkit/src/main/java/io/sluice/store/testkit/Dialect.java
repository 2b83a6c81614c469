package io.sluice.store.testkit;

import io.sluice.store.ObjectVersion;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;
import java.util.List;

/** How one kind of server says what all of them say, of one object; for scripts. */
public interface Dialect {
  /** The object's key. */
  String KEY = "models/k.bin";

  /** All of its bytes. */
  String CONTENT = "abcdefghijklmnop";

  /** How messages name it. */
  String url();

  ObjectVersion version();

  /** A range of its bytes, up to its body. */
  String partHead(int start, int end);

  /** The whole object, whatever was asked for. */
  Answer whole();

  /** The server is broken. */
  Answer broken();

  /** We may not read it. */
  Answer refusal();

  /** It is another version by now. */
  Answer replaced();

  /** What passes when it is asked for again, but for what breaks below the answer. */
  List<Answer> passing();

  /** Whether a request asks for this version only. */
  boolean isConditional(ScriptedHttpServer.Request request);

  /** The range of its bytes, as it should be. */
  default Answer part(int start, int end) {
    return wire -> {
      wire.send(partHead(start, end));
      wire.send(CONTENT.substring(start, end));
    };
  }
}
