package io.sluice.launcher.mount;

import com.google.errorprone.annotations.FormatMethod;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link LoadReport} for people; pure. */
final class LoadText {
  private static final int MOST_FILES = 10;

  private LoadText() {}

  /** A line each, without a prefix. */
  static List<String> lines(LoadReport report) {
    List<String> lines = new ArrayList<>();
    LoadReport.Mount mount = report.mount();
    lines.add(
        "%s at %s, up %s, process %d"
            .formatted(
                mount.bucket(),
                mount.mountPoint(),
                TimeSpan.shown((long) mount.uptime()),
                mount.pid()));
    LoadReport.Bytes bytes = report.bytes();
    lines.add(
        "served    %s: %s from the network, at least %s from the cache"
            .formatted(size(bytes.served()), size(bytes.network()), size(bytes.cached())));
    LoadReport.Load load = report.load();
    lines.add(
        text(
            "loading   %.1f s at %.0f MB/s, %.1f of %s%d requests in flight",
            load.seconds(),
            load.perSecond() / 1e6,
            load.inFlight(),
            load.isAuto() ? "at most " : "",
            load.parallelism()));
    LoadReport.Waiting waiting = report.waiting();
    lines.add(
        text(
            "waiting   %.1f s in %d of %d reads, %.0f %% of their time",
            waiting.seconds(), waiting.waits(), waiting.reads(), waiting.share() * 100));
    LoadReport.Requests requests = report.requests();
    lines.add(
        "requests  %d GETs, %d HEADs, %d LISTs; %d retries, %d slow-downs, %d hedges"
            .formatted(
                requests.gets(),
                requests.heads(),
                requests.lists(),
                requests.retries(),
                requests.slowDowns(),
                requests.hedges()));
    LoadReport.Cache cache = report.cache();
    lines.add(
        "cache     %s of %s; %s not kept, %s fetched twice; %d blocks verified, %d damaged"
            .formatted(
                size(cache.used()),
                size(cache.bound()),
                size(bytes.bypassed()),
                size(bytes.fetchedTwice()),
                cache.verifiedBlocks(),
                cache.damagedBlocks()));
    report.files().stream()
        .limit(MOST_FILES)
        .forEach(
            file ->
                lines.add(
                    text(
                        "file      %10s  waited %5.1f s  %s",
                        size(file.served()), file.waited(), file.key())));
    for (String advice : report.advice()) lines.add("advice    " + advice);
    return lines;
  }

  @FormatMethod
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String size(long bytes) {
    return new ByteSize(Math.max(0, bytes)).toString();
  }
}
