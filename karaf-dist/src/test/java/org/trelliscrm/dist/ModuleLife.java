// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A module comes to the running system, does its work, goes, and comes back. */
abstract class ModuleLife {

    private static final int ROUNDS = 20;
    private static final int CLIENTS = 4;

    private final Server server;
    private final Api api;

    ModuleLife(Database database) {
        server = Servers.on(database);
        api = server.admin();
    }

    @Test
    void aDealIsWonLostAndReopened() {
        api.install("pipeline");
        String deal = deal(contact("Ada Lovelace"), "Looms");

        Answer won = api.post("/api/deals/" + deal + "/actions/win").expect(200);
        Answer wonTwice = api.post("/api/deals/" + deal + "/actions/win");
        Answer reopened = api.post("/api/deals/" + deal + "/actions/reopen").expect(200);
        Answer lostWithoutReason = api.post("/api/deals/" + deal + "/actions/lose", Map.of("reason", " "));
        Answer lost = api.post("/api/deals/" + deal + "/actions/lose", Map.of("reason", "Too dear"))
                .expect(200);

        assertThat(won.json()).containsEntry("state", "won").containsEntry("probability", 100);
        wonTwice.expectProblem(409, "pipeline.alreadyWon");
        assertThat(reopened.json()).containsEntry("state", "open").containsEntry("closedAt", null);
        lostWithoutReason.expectFieldProblem("reason", "field.required");
        assertThat(lost.json()).containsEntry("state", "lost").containsEntry("lostReason", "Too dear");
    }

    @Test
    void everyStepOfADealIsInItsHistory() {
        api.install("pipeline");
        String deal = deal(contact("Grace Hopper"), "Compiler");
        List<Object> stages = api.get("/api/stages?sort=sortOrder").items("id");

        api.patch("/api/deals/" + deal, Map.of("stage", stages.get(1))).expect(200);
        api.post("/api/deals/" + deal + "/actions/win").expect(200);

        Answer history =
                api.list("stage-changes", "deal eq " + deal, "sort=changedAt").expect(200);
        assertThat(history.items("toState")).containsExactly("open", "open", "won");
        assertThat(history.items("toStage")).containsExactly(stages.get(0), stages.get(1), stages.get(1));
        assertThat(history.items("fromStage")).containsExactly(null, stages.get(0), stages.get(1));
        api.post("/api/stage-changes", Map.of("deal", deal)).expectProblem(403, "type.generated");
    }

    @Test
    void aRemovedModuleLosesNothing() {
        api.install("pipeline");
        String contact = contact("Charles Babbage");
        String deal = deal(contact, "Difference engine");
        Map<String, Object> before = api.get("/api/deals/" + deal).expect(200).json();
        assertThat(onTimeline(contact, deal)).containsEntry("installed", true);

        api.remove("pipeline");

        api.get("/api/deals").expectProblem(404, "collection.unknown");
        api.get("/api/deals/" + deal).expectProblem(404, "collection.unknown");
        assertThat(typeNames()).doesNotContain("deal");
        assertThat(api.get("/api/modules/pipeline").json()).containsEntry("state", "available");
        assertThat(onTimeline(contact, deal))
                .containsEntry("installed", false)
                .containsEntry("title", "Difference engine");

        api.install("pipeline");

        assertThat(api.get("/api/deals/" + deal).expect(200).json()).isEqualTo(before);
        assertThat(api.get("/api/modules/pipeline").json()).containsEntry("state", "active");
        assertThat(typeNames()).contains("deal");
        assertThat(onTimeline(contact, deal)).containsEntry("installed", true);
    }

    @Test
    void aModuleThatDoesNotExistCannotBeInstalled() {
        api.post("/api/modules/nonsense/install").expectProblem(404, "module.unknown");
    }

    @Test
    void modulesComeAndGoUnderLoadAndNobodyNotices() throws Exception {
        // Once before measuring: what is loaded only once is loaded then.
        comeAndGo();
        Framework framework = new Framework(server);
        Framework.State before = framework.state();

        Load load = new Load(server.admin(), CLIENTS);
        for (int round = 0; round < ROUNDS; round++) {
            comeAndGo();
        }
        Load.Result result = load.stop();

        assertThat(result.failures()).isEmpty();
        assertThat(result.requests()).isGreaterThan(ROUNDS * CLIENTS);
        framework.expectUndisturbedSince(before);
    }

    private void comeAndGo() {
        for (String module : List.of("pipeline", "example")) {
            api.install(module);
        }
        for (String module : List.of("pipeline", "example")) {
            api.remove(module);
        }
    }

    private String contact(String name) {
        return api.create("contacts", Map.of("name", name));
    }

    private String deal(String contact, String name) {
        return api.create(
                "deals",
                Map.of(
                        "name", name,
                        "contact", contact,
                        "value", Map.of("amount", "1200.50", "currency", "EUR")));
    }

    private List<Object> typeNames() {
        return api.get("/api/types").expect(200).items("name");
    }

    private Map<String, Object> onTimeline(String contact, String record) {
        return api.get("/api/contacts/" + contact + "/timeline").expect(200).items().stream()
                .filter(entry -> record.equals(entry.get("id")))
                .findFirst()
                .orElseThrow();
    }
}
