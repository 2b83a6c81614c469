package io.sluice.launcher.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.Json;
import io.sluice.launcher.mount.LoadReport.Bytes;
import io.sluice.launcher.mount.LoadReport.Cache;
import io.sluice.launcher.mount.LoadReport.FileLoad;
import io.sluice.launcher.mount.LoadReport.Load;
import io.sluice.launcher.mount.LoadReport.Requests;
import io.sluice.launcher.mount.LoadReport.Waiting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would have helped a load, and how its figures are shown. */
final class LoadAdviceTest {
  private static final long GIB = 1L << 30;

  private LoadReport.Mount mount =
      new LoadReport.Mount("s3://models", "/models", "/data", 7, 187, 1024, "echo 1024 > /sys/x");
  private Bytes bytes = new Bytes(4 * GIB, 4 * GIB, 0, 0, 0);
  private Load load = new Load(10, 4e8, 8, 16, false);
  private Waiting waiting = new Waiting(2, 0.2, 50, 30_000);
  private Requests requests = new Requests(300, 20, 5, 0, 0, 0);
  private Cache cache = new Cache(4 * GIB, 100 * GIB, 0, 0);

  private LoadReport report() {
    var file = new FileLoad("llama/a.safetensors", 4 * GIB, 1.5);
    return new LoadReport(mount, bytes, load, waiting, requests, cache, List.of(file), List.of());
  }

  private List<String> advice() {
    return LoadAdvice.of(report());
  }

  @Test
  void aLoadThatWentWellNeedsNone() {
    assertThat(advice()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "16, 15.5, 20, 0.9, --parallelism 32",
    "200, 190, 20, 0.9, --parallelism 256",
    "256, 250, 20, 0.9, ''",
    "16, 8, 20, 0.9, ''",
    "16, 15.5, 20, 0.3, ''",
    "16, 15.5, 0.5, 0.9, ''",
  })
  void readersThatWaitedWhileAllRequestsWereInFlightNeedMoreOfThem(
      int parallelism, double inFlight, double waited, double share, String advised) {
    load = new Load(10, 4e8, inFlight, parallelism, false);
    waiting = new Waiting(waited, share, 50, 30_000);
    if (advised.isEmpty()) assertThat(advice()).isEmpty();
    else assertThat(advice()).singleElement().asString().endsWith(advised);
  }

  @Test
  void whereTheStoreIsOverworkedMoreRequestsAreNoHelp() {
    load = new Load(10, 4e8, 16, 16, false);
    waiting = new Waiting(20, 0.9, 50, 30_000);
    requests = new Requests(300, 20, 5, 9, 9, 0);
    assertThat(advice())
        .singleElement()
        .asString()
        .startsWith("the store asked 9 times")
        .contains("lower --parallelism");
  }

  @ParameterizedTest
  @CsvSource({
    "4, raise --cache-size",
    "400, choose another --data-dir",
  })
  void whatWasNotKeptHadNoRoomOrASlowDisk(long bound, String advised) {
    bytes = new Bytes(4 * GIB, 4 * GIB, 0, GIB, 0);
    cache = new Cache(4 * GIB, bound * GIB, 0, 0);
    assertThat(advice()).singleElement().asString().startsWith("1.0 GiB").contains(advised);
  }

  @ParameterizedTest
  @CsvSource({"128, true", "64, true", "129, false", "1024, false", "0, false"})
  void theKernelMayReadAheadFurther(int kb, boolean isAdvised) {
    mount = new LoadReport.Mount("s3://m", "/m", "/d", 7, 1, kb, "echo 1024 > /sys/x");
    assertThat(advice()).hasSize(isAdvised ? 1 : 0);
    if (isAdvised) assertThat(advice().getFirst()).endsWith("as root: echo 1024 > /sys/x");
  }

  @Test
  void manyWaitsForLittleEachAreWaitsForFirstBytes() {
    waiting = new Waiting(30, 0.9, 10_000, 30_000);
    assertThat(advice()).singleElement().asString().contains("sluice warm", "--record");
  }

  @Test
  void manyLookupsAreThoseOfAShortMemory() {
    requests = new Requests(300, 900, 105, 0, 0, 0);
    assertThat(advice()).singleElement().asString().contains("--metadata-ttl");
  }

  @Test
  void damageIsTheDisks() {
    cache = new Cache(GIB, 4 * GIB, 100, 2);
    assertThat(advice()).singleElement().asString().startsWith("2 blocks").contains("/data");
  }

  @Test
  void peopleSeeFiguresInLines() {
    requests = new Requests(300, 20, 5, 3, 1, 2);
    assertThat(LoadText.lines(report().withAdvice(List.of("do this"))))
        .containsExactly(
            "s3://models at /models, up 3:07 min, process 7",
            "served    4.0 GiB: 4.0 GiB from the network, at least 0 B from the cache",
            "loading   10.0 s at 400 MB/s, 8.0 of 16 requests in flight",
            "waiting   2.0 s in 50 of 30000 reads, 20 % of their time",
            "requests  300 GETs, 20 HEADs, 5 LISTs; 3 retries, 1 slow-downs, 2 hedges",
            "cache     4.0 GiB of 100.0 GiB; 0 B not kept, 0 B fetched twice; 0 blocks verified, 0 damaged",
            "file         4.0 GiB  waited   1.5 s  llama/a.safetensors",
            "advice    do this");
  }

  @Test
  void whatIsFoundOutIsToldWithItsBound() {
    load = new Load(10, 4e8, 29.3, 64, true);
    assertThat(LoadText.lines(report()))
        .contains("loading   10.0 s at 400 MB/s, 29.3 of at most 64 requests in flight");
  }

  @Test
  void aReportSurvivesItsDocument() throws Exception {
    LoadReport report = report().withAdvice(List.of("<do> \"this\""));
    assertThat(Json.parse(Json.of(report), LoadReport.class)).isEqualTo(report);
  }
}
