package io.sluice.launcher.upload;

import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.OneLine;
import io.sluice.launcher.cli.ProgressLine;
import io.sluice.launcher.cli.ProgressOption;
import io.sluice.launcher.cli.TransferProgress;
import io.sluice.upload.UploadListener;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload as its user sees it: one progress while the file is compared with what was sent,
 * another one while it is sent. Single parts are lines of the log, but where a bar shows them.
 */
final class ShownUpload implements UploadListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShownUpload.class);

  private final ProgressOption option;
  private final PrintWriter err;
  private final boolean isLogged;
  private final AtomicReference<TransferProgress> progress;

  /**
   * Shows one.
   *
   * @param isForProgram whether nothing but JSON may be said
   */
  ShownUpload(ProgressOption option, PrintWriter err, boolean isForProgram) {
    this.option = option;
    this.err = err;
    this.isLogged =
        !isForProgram && ProgressLine.forErrors(option.isQuiet()) == ProgressLine.Kind.LOG;
    this.progress = new AtomicReference<>(option.start("upload", err));
  }

  private void begin(String task, long total) {
    TransferProgress next = option.start(task, err);
    next.total(total);
    progress.getAndSet(next).close();
  }

  @Override
  public void checking(long total) {
    begin("compare", total);
  }

  @Override
  public void checked(long bytes) {
    progress.get().accept(bytes);
  }

  /** What is there already would look like speed. */
  @Override
  public void sending(long total, long there) {
    begin("upload", total - there);
  }

  @Override
  public void sent(long bytes) {
    progress.get().accept(bytes);
  }

  @Override
  public void part(String line) {
    if (isLogged) LOG.info("{}", line);
    else LOG.debug("{}", line);
  }

  @Override
  public void say(String line) {
    if (!option.isQuiet()) progress.get().say(OneLine.of(line));
  }

  @Override
  public void warn(String line) {
    progress.get().say(OneLine.of(line));
  }

  void done(String object, Map<String, String> facts) {
    progress.get().done(object, facts);
  }

  /** As {@link TransferProgress#failed}. */
  Failure failed(Failure failure) {
    return progress.get().failed(failure);
  }

  /** Somebody else has the last word. */
  void takeAway() {
    progress.get().close();
  }

  @Override
  public void close() {
    takeAway();
  }
}
