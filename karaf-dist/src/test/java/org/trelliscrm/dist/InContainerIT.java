// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.trelliscrm.api.access.Authenticator;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.Jobs;
import org.trelliscrm.api.module.Modules;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.api.record.Records;

/**
 * What can only be seen from inside of the framework. All but {@link #container} runs there, in the distribution that people
 * get. Pax Exam knows JUnit 4 only.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class InContainerIT {

    private static final String DOORKEEPER = "org.trelliscrm.runtime.rest.Doorkeeper";

    private final Caller system = Caller.system(1);

    @Configuration
    public Option[] container() {
        return new Option[] {Container.options()};
    }

    @Before
    public void awaitEndOfStart() {
        Services.await("(objectClass=org.apache.karaf.features.BootFinished)");
        Await.until(
                "it is well",
                Server.PATIENCE,
                () -> Requests.withoutKey().get("/health").statusCode(),
                status -> status == 200);
    }

    @Test
    public void everyBundleIsActiveAndEveryComponentHasWhatItNeeds() {
        List<String> idle = Arrays.stream(Services.CONTEXT.getBundles())
                .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();

        assertThat(idle).isEmpty();
        assertThat(Components.unsatisfied()).isEmpty();
    }

    @Test
    public void theServicesThatModulesBuildOnAreThere() {
        for (Class<?> service : List.of(Records.class, Jobs.class, Modules.class, Authenticator.class, Clock.class)) {
            assertThat(Services.await(service)).isNotNull();
        }
        assertThat(Services.await("(&(objectClass=javax.sql.DataSource)(osgi.jndi.service.name=crm))"))
                .isInstanceOf(DataSource.class);
    }

    @Test
    public void aModuleComesAndGoesWithoutTouchingAnotherBundleAndFindsItsRecordsAgain() {
        Modules modules = Services.await(Modules.class);
        Records records = Services.await(Records.class);
        modules.install(system, "example");
        Object contact = records.create(system, "contact", Map.of("name", "Ada Lovelace"))
                .get("id");
        String model = "Engine " + UUID.randomUUID();
        Map<String, Object> created = records.create(system, "equipment", Map.of("contact", contact, "model", model));

        try (BundleEvents events = new BundleEvents()) {
            modules.remove(system, "example");
            boolean servedInBetween = records.has("equipment");
            modules.install(system, "example");

            assertThat(servedInBetween).isFalse();
            assertThat(events.bundles()).isNotEmpty().containsOnly("org.trelliscrm.example");
            assertThat(events.errors()).isEmpty();
        }
        assertThat(records.list(system, ListQuery.of("equipment", Filter.eq("model", model)))
                        .items())
                .singleElement()
                .isEqualTo(created);
    }

    @Test
    public void theConsoleInstallsAndRemovesModules() throws Exception {
        Records records = Services.await(Records.class);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

        try (Session console = Services.await(SessionFactory.class).create(InputStream.nullInputStream(), out, out)) {
            console.execute("crm:module-install example");
            boolean served = records.has("equipment");
            console.execute("crm:module-info example");
            console.execute("crm:module-remove example");

            assertThat(served).isTrue();
            assertThat(records.has("equipment")).isFalse();
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("example", "active");
    }

    @Test
    public void whatAModuleServesWithoutAThoughtOfSecurityIsForSignedInCallersOnly() {
        Requests admin = admin();

        try (Stranger stranger = new Stranger();
                Careless careless = new Careless()) {
            expectServed(admin);
            stranger.askOn();

            assertThat(stranger.answers()).containsExactlyInAnyOrder("401");
        }
    }

    @Test
    public void nothingStandsOpenWhileTheDoorkeeperIsAway() {
        Requests admin = admin();

        try (Careless careless = new Careless();
                Stranger stranger = new Stranger()) {
            expectServed(admin);
            Components.disable(DOORKEEPER);
            stranger.askOn();
            Components.enable(DOORKEEPER);
            expectServed(admin);
            stranger.askOn();

            assertThat(stranger.answers()).containsExactlyInAnyOrder("401", "503");
        }
    }

    private static Requests admin() {
        return new Requests(Services.await(Authenticator.class).issueKey(1, "admin", "test"));
    }

    private static void expectServed(Requests admin) {
        for (String path : Careless.PATHS) {
            Await.until(path + " is served", Server.PATIENCE, () -> admin.get(path), answer -> answer.body()
                    .equals(Careless.SECRET));
        }
    }
}
