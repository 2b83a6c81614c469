package io.sluice.launcher.cache;

import io.sluice.cache.CacheDirectory;
import io.sluice.cache.CacheException;
import io.sluice.cache.CachedVersion;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.TextTable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice cache ls}: what is in it. */
@Command(name = "ls", description = "List what is cached. Default: everything.")
final class CacheListing extends CacheAction {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  @Mixin private CacheChoice choice = new CacheChoice();

  /** A version as JSON; times as ISO 8601. */
  record Row(
      String store,
      String key,
      String tag,
      long size,
      long held,
      boolean complete,
      boolean damaged,
      boolean pinned,
      boolean inUse,
      String cached,
      String lastUsed,
      String id) {
    static Row of(CachedVersion version) {
      return new Row(
          version.store(),
          version.key(),
          version.tag(),
          version.size(),
          version.held(),
          version.isComplete(),
          version.isDamaged(),
          version.isPinned(),
          version.isInUse(),
          text(version.cached()),
          text(version.lastUsed()),
          version.id());
    }

    private static String text(Instant when) {
      return when.toString();
    }
  }

  @Override
  ExitCode run(CacheDirectory directory) throws CacheException, Failure {
    List<CachedVersion> versions = directory.list().stream().filter(choice.chosenOrAll()).toList();
    choice.requireSome(versions.size());
    tell(versions.stream().map(Row::of).toList(), table(versions));
    return ExitCode.OK;
  }

  static List<String> table(List<CachedVersion> versions) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SIZE", "HELD", "STATE", "LAST USED", "STORE", "KEY"));
    for (CachedVersion version : versions)
      rows.add(
          List.of(
              new ByteSize(version.size()).toString(),
              new ByteSize(version.held()).toString(),
              state(version),
              WHEN.format(version.lastUsed()),
              version.isDamaged() ? "-" : version.store(),
              version.isDamaged() ? version.id() : version.key()));
    return TextTable.lines(rows);
  }

  private static String state(CachedVersion version) {
    String state = version.isDamaged() ? "damaged" : version.isComplete() ? "complete" : "partial";
    return state + (version.isPinned() ? ", pinned" : "") + (version.isInUse() ? ", in use" : "");
  }
}
