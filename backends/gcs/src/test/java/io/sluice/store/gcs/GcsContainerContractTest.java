package io.sluice.store.gcs;

import io.sluice.store.testkit.ContractBucket;
import io.sluice.store.testkit.GoProgram;
import io.sluice.store.testkit.StoreContract;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The same contract with the emulator in a container, behind a published port. The image is made
 * here, of nothing but the emulator: no registry is needed.
 */
final class GcsContainerContractTest extends StoreContract {
  private static final Logger LOG = LoggerFactory.getLogger(GcsContainerContractTest.class);
  private static final String IMAGE = "fsouza/fake-gcs-server:1.56.1";
  private static final int PORT = 4443;
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static @Nullable GenericContainer<?> container;
  private static FakeGcs server;

  @BeforeAll
  static void start() throws Exception {
    requireEngine();
    var image =
        new ImageFromDockerfile(IMAGE, false)
            .withFileFromPath("emulator", GoProgram.FAKE_GCS.executable())
            .withDockerfileFromBuilder(
                file -> file.from("scratch").copy("emulator", "/emulator").build());
    var started =
        new GenericContainer<>(image)
            .withExposedPorts(PORT)
            .withCreateContainerCmdModifier(
                command ->
                    command
                        .withEntrypoint("/emulator")
                        .withCmd("-scheme", "http", "-port", PORT + "", "-backend", "memory"));
    container = started;
    started.start();
    server =
        new FakeGcs(URI.create("http://" + started.getHost() + ":" + started.getMappedPort(PORT)));
  }

  private static void requireEngine() {
    if (DockerClientFactory.instance().isDockerAvailable()) return;
    String reason = "no Docker engine answers: start one, or set DOCKER_HOST";
    LOG.warn("skipped: {}", reason);
    Assumptions.abort(reason);
  }

  @AfterAll
  static void stop() {
    if (container != null) container.stop();
  }

  @Override
  protected ContractBucket emptyBucket() throws Exception {
    return FakeGcsBucket.empty(server, "bucket-" + BUCKETS.incrementAndGet());
  }
}
