package io.sluice.upload;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers what it is told. */
final class Told implements UploadListener {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong checked = new AtomicLong();

  @Override
  public void sending(long total, long there) {
    sent.set(there);
  }

  @Override
  public void sent(long bytes) {
    sent.addAndGet(bytes);
  }

  @Override
  public void checking(long total) {}

  @Override
  public void checked(long bytes) {
    checked.addAndGet(bytes);
  }

  @Override
  public void part(String line) {}

  @Override
  public void say(String line) {
    lines.add(line);
  }

  @Override
  public void warn(String line) {
    lines.add(line);
  }

  List<String> lines() {
    return lines;
  }

  /** Bytes that are there. */
  long there() {
    return sent.get();
  }

  /** Bytes that were compared. */
  long compared() {
    return checked.get();
  }
}
