// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.data.Unit;

/**
 * The record types that serve just now, by name, by collection and by class: as their modules describe them, and for a tenant
 * with the fields that it has added.
 */
@Component(service = TypeRegistry.class)
public class TypeRegistry {

    private volatile Snapshot snapshot = Snapshot.of(Map.of(), (type, tenant) -> type);

    /** Adds to a type what a tenant has made of it; gives the type itself if that is nothing. */
    @FunctionalInterface
    public interface Customs {
        TypeInfo of(TypeInfo type, int tenant);
    }

    /** From now on types are as these say; all of them at once. */
    public synchronized void customise(Customs customs) {
        snapshot = Snapshot.of(snapshot.names, customs);
    }

    /** Lets the types of a module serve. */
    public synchronized void add(Collection<ServingType> types) {
        Map<String, ServingType> names = new HashMap<>(snapshot.names);
        for (ServingType type : types) {
            ServingType other = names.putIfAbsent(type.info().name(), type);
            if (other != null || collection(type.info().collection()).isPresent()) {
                throw new IllegalStateException("the record type " + type.info().name() + " of "
                        + type.info().module() + " has the name or the collection of another one");
            }
        }
        snapshot = Snapshot.of(names, snapshot.customs);
    }

    /** No type of this module serves any more. */
    public synchronized void remove(String module) {
        Map<String, ServingType> names = new HashMap<>(snapshot.names);
        names.values().removeIf(type -> type.info().module().equals(module));
        snapshot = Snapshot.of(names, snapshot.customs);
    }

    /** The type of this name, if it serves. */
    public Optional<ServingType> name(String name) {
        return Optional.ofNullable(snapshot.names.get(name));
    }

    /** The type of this collection, if it serves. */
    public Optional<ServingType> collection(String collection) {
        return Optional.ofNullable(snapshot.collections.get(collection));
    }

    /** The type of this name with what the tenant has added, if it serves. */
    public Optional<ServingType> name(String name, int tenant) {
        Snapshot now = snapshot;
        return Optional.ofNullable(now.names.get(name)).map(type -> now.of(type, tenant));
    }

    /** The type of this name with what the tenant has added. */
    public ServingType require(String name, int tenant) {
        return name(name, tenant).orElseThrow(() -> new NotFound("type.unknown", Map.of("type", name)));
    }

    /** The type of this class with what the tenant has added. */
    public ServingType require(Class<? extends BaseRecord> javaClass, int tenant) {
        return snapshot.of(require(javaClass), tenant);
    }

    /** The type of this name. */
    public ServingType require(String name) {
        return name(name).orElseThrow(() -> new NotFound("type.unknown", Map.of("type", name)));
    }

    /** The type of this class. */
    public ServingType require(Class<? extends BaseRecord> javaClass) {
        @Nullable ServingType type = snapshot.classes.get(javaClass);
        if (type == null) {
            throw new NotFound("type.unknown", Map.of("type", javaClass.getSimpleName()));
        }
        return type;
    }

    /** All types, by name, with what the tenant has added. */
    public List<TypeInfo> all(int tenant) {
        return all().stream()
                .flatMap(type -> name(type.name(), tenant).stream())
                .map(ServingType::info)
                .toList();
    }

    /** All types, by name. */
    public List<TypeInfo> all() {
        return snapshot.names.values().stream()
                .map(ServingType::info)
                .sorted(java.util.Comparator.comparing(TypeInfo::name))
                .toList();
    }

    /**
     * A type and the unit that keeps its records.
     *
     * @param hooks how many hooks it had when it began to serve; with fewer its rules would not hold
     */
    public record ServingType(TypeInfo info, Unit unit, int hooks) {}

    private record Snapshot(
            Map<String, ServingType> names,
            Map<String, ServingType> collections,
            Map<Class<?>, ServingType> classes,
            Customs customs,
            Map<Integer, Map<String, ServingType>> tenants) {

        static Snapshot of(Map<String, ServingType> names, Customs customs) {
            Map<String, ServingType> collections = new HashMap<>();
            Map<Class<?>, ServingType> classes = new HashMap<>();
            names.values().forEach(type -> {
                collections.put(type.info().collection(), type);
                classes.put(type.info().javaClass(), type);
            });
            return new Snapshot(
                    Map.copyOf(names),
                    Map.copyOf(collections),
                    Map.copyOf(classes),
                    customs,
                    new ConcurrentHashMap<>());
        }

        /** Made when a tenant first asks, forgotten with the snapshot. */
        ServingType of(ServingType type, int tenant) {
            return tenants.computeIfAbsent(tenant, any -> new ConcurrentHashMap<>())
                    .computeIfAbsent(type.info().name(), any -> {
                        TypeInfo info = customs.of(type.info(), tenant);
                        return info == type.info() ? type : new ServingType(info, type.unit(), type.hooks());
                    });
        }
    }
}
