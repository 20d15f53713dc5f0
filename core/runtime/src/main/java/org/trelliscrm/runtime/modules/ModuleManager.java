// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.modules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.FeaturesService.Option;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.module.Module;
import org.trelliscrm.api.module.Modules;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.texts.Texts;

/**
 * Installs and removes modules on top of Karaf's features. A feature is a module if it provides the capability of one; the
 * core's own features do not. What is wanted is noted in the database, so that a node with an empty bundle cache, or a second
 * node, comes to the same modules.
 */
@Component(service = {Modules.class, ModuleManager.class})
public class ModuleManager implements Modules {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleManager.class);
    private static final int SECONDS_TO_START = 60;

    // Whatever the resolver thinks would be neater: bundles that serve are not restarted for the sake of another.
    private static final EnumSet<Option> OPTIONS = EnumSet.of(Option.NoAutoRefreshBundles);

    private final FeaturesService features;
    private final ModuleExtender extender;
    private final DesiredModules desired;
    private final Texts texts;

    @Activate
    public ModuleManager(
            @Reference FeaturesService features,
            @Reference ModuleExtender extender,
            @Reference DesiredModules desired,
            @Reference Texts texts) {
        this.features = features;
        this.extender = extender;
        this.desired = desired;
        this.texts = texts;
    }

    @Override
    public List<Info> list(Caller caller) {
        requireRight(caller);
        List<Info> modules = new ArrayList<>();
        for (Feature feature : features()) {
            moduleId(feature).ifPresent(id -> modules.add(info(id, feature, caller.locale())));
        }
        modules.sort(Comparator.comparing(Info::id));
        return modules;
    }

    @Override
    public Info get(Caller caller, String id) {
        requireRight(caller);
        return info(id, feature(id), caller.locale());
    }

    private static void requireRight(Caller caller) {
        if (!caller.rights().allows("module", "manage")) {
            throw Denied.right("module", "manage");
        }
    }

    @Override
    public synchronized Info install(Caller caller, String id) {
        Info before = get(caller, id);
        if (before.state() == State.ACTIVE) {
            return before;
        }
        Feature feature = feature(id);
        start(id, feature);
        desired.installed(id, feature.getVersion());
        LOG.info("module {} {} installed by {}", id, feature.getVersion(), who(caller));
        return get(caller, id);
    }

    private void start(String id, Feature feature) {
        try {
            features.installFeature(feature, OPTIONS);
        } catch (Exception e) {
            // Karaf declares no better type; whatever it is, it is the answer to the administrator.
            throw refused(id, e);
        }
        ModuleLife life = extender.life(id).orElse(null);
        Throwable reason =
                life == null ? new IllegalStateException("its bundle has not started") : life.await(SECONDS_TO_START);
        if (reason != null) {
            uninstall(id, feature);
            throw refused(id, reason);
        }
    }

    private static Conflict refused(String id, Throwable reason) {
        LOG.warn("module {} could not be installed: {}", id, reason.toString());
        String words = reason.getMessage() == null ? reason.toString() : reason.getMessage();
        return new Conflict("module.installFailed", Map.of("module", id, "reason", words));
    }

    @Override
    public synchronized Info remove(Caller caller, String id) {
        requireRight(caller);
        Feature feature = feature(id);
        desired.removed(id);
        if (features.isInstalled(feature)) {
            uninstall(id, feature);
            LOG.info("module {} removed by {}; its data stay", id, who(caller));
        }
        return get(caller, id);
    }

    private void uninstall(String id, Feature feature) {
        try {
            features.uninstallFeature(feature.getName(), feature.getVersion(), OPTIONS);
        } catch (Exception e) {
            throw new Conflict("module.removeFailed", Map.of("module", id, "reason", String.valueOf(e.getMessage())));
        }
    }

    /** Brings this node to what is wanted; a module that fails is told and passed over. */
    synchronized void reconcile() {
        for (String id : desired.wanted()) {
            try {
                Feature feature = feature(id);
                if (!features.isInstalled(feature)) {
                    start(id, feature);
                    LOG.info("module {} {} installed as wanted", id, feature.getVersion());
                }
            } catch (NotFound | Conflict e) {
                LOG.error("module {} is wanted but cannot be installed: {}", id, e.getMessage());
            }
        }
    }

    private static String who(Caller caller) {
        return caller.user() == null ? caller.name() : "user " + caller.user();
    }

    private List<Feature> features() {
        try {
            return List.of(features.listFeatures());
        } catch (Exception e) {
            throw new IllegalStateException("the features cannot be listed", e);
        }
    }

    private Feature feature(String id) {
        return features().stream()
                .filter(feature -> moduleId(feature).filter(id::equals).isPresent())
                // Of several versions the installed one is meant, else the newest.
                .max(Comparator.comparing(features::isInstalled)
                        .thenComparing(feature -> Version.parseVersion(feature.getVersion())))
                .orElseThrow(() -> new NotFound("module.unknown", Map.of("module", id)));
    }

    private static Optional<String> moduleId(Feature feature) {
        String prefix = Module.NAMESPACE + ";";
        return feature.getCapabilities().stream()
                .map(capability -> capability.getValue().replaceAll("\\s", ""))
                .filter(capability -> capability.startsWith(prefix))
                .flatMap(capability -> java.util.Arrays.stream(
                        capability.substring(prefix.length()).split(";")))
                .filter(attribute -> attribute.startsWith("id="))
                .map(attribute -> attribute.substring(3).replace("\"", ""))
                .findFirst();
    }

    private Info info(String id, Feature feature, Locale language) {
        Optional<ModuleLife> life = extender.life(id);
        @Nullable
        Throwable problem =
                life.map(one -> one.isSettled() ? one.await(0) : null).orElse(null);
        boolean installed = features.isInstalled(feature);
        boolean serves = life.filter(ModuleLife::isSettled).isPresent() && problem == null;
        State state = serves ? State.ACTIVE : installed ? State.FAILED : State.AVAILABLE;
        return new Info(
                id,
                life.map(ModuleLife::version).orElse(feature.getVersion()),
                state,
                texts.find("module." + id + ".name", language).orElse(id),
                texts.find("module." + id + ".description", language).orElse(String.valueOf(feature.getDescription())),
                problem == null ? null : String.valueOf(problem.getMessage()));
    }
}
