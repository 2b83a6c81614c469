package io.sluice.upload;

/** Whoever wants to know how an upload goes. Called by many threads at once; must not wait. */
public interface UploadListener {
  /** Nobody. */
  UploadListener NONE =
      new UploadListener() {
        @Override
        public void sending(long total, long there) {}

        @Override
        public void sent(long bytes) {}

        @Override
        public void checking(long total) {}

        @Override
        public void checked(long bytes) {}

        @Override
        public void part(String line) {}

        @Override
        public void say(String line) {}

        @Override
        public void warn(String line) {}
      };

  /** So many bytes are to be sent, and the store has so many of them. */
  void sending(long total, long there);

  /** So many more are there. */
  void sent(long bytes);

  /** So many bytes of the file are read, to be compared with what was sent. */
  void checking(long total);

  /** So many more are compared. */
  void checked(long bytes);

  /** A part begins, or is there; there are up to 10,000. */
  void part(String line);

  /** What is done now. */
  void say(String line);

  /** Something that is not as it should be. */
  void warn(String line);
}
