// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordHook;

/** What modules have to say to their records: the hooks and actions of each class. */
@Component(service = Behaviour.class)
public class Behaviour {

    private final Map<ServiceReference<?>, RecordHook<?>> hooks = new ConcurrentHashMap<>();
    private final Map<ServiceReference<?>, RecordAction<?>> actions = new ConcurrentHashMap<>();
    private final Map<Class<?>, List<RecordHook<BaseRecord>>> ordered = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHook(ServiceReference<RecordHook<?>> reference, RecordHook<?> hook) {
        hooks.put(reference, hook);
        ordered.clear();
    }

    void unbindHook(ServiceReference<RecordHook<?>> reference) {
        hooks.remove(reference);
        ordered.clear();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindAction(ServiceReference<RecordAction<?>> reference, RecordAction<?> action) {
        actions.put(reference, action);
    }

    void unbindAction(ServiceReference<RecordAction<?>> reference) {
        actions.remove(reference);
    }

    /** The hooks of a class, in their order. */
    public List<RecordHook<BaseRecord>> hooks(Class<? extends BaseRecord> type) {
        return ordered.computeIfAbsent(type, this::order);
    }

    @SuppressWarnings("unchecked")
    private List<RecordHook<BaseRecord>> order(Class<?> type) {
        return hooks.entrySet().stream()
                .filter(entry -> entry.getValue().type() == type)
                .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                .map(entry -> (RecordHook<BaseRecord>) entry.getValue())
                .toList();
    }

    /** Forgets the classes of modules that have gone; kept, they would keep the whole module in memory. */
    public void forget() {
        ordered.clear();
    }

    /** The actions of a class, by name. */
    @SuppressWarnings("unchecked")
    public Collection<RecordAction<BaseRecord>> actions(Class<? extends BaseRecord> type) {
        return actions.values().stream()
                .filter(action -> action.type() == type)
                .map(action -> (RecordAction<BaseRecord>) action)
                .sorted(Comparator.comparing(RecordAction::name))
                .toList();
    }

    /** One action of a class. */
    public Optional<RecordAction<BaseRecord>> action(Class<? extends BaseRecord> type, String name) {
        return actions(type).stream()
                .filter(action -> action.name().equals(name))
                .findFirst();
    }
}
